"""What moderators learn from how the knowledge is used."""
