"""Personal review in Discord: private, card by card."""
