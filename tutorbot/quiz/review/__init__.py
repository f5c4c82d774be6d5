"""Personal review: cards come back to a student when they are about to be forgotten (FSRS-6, the package ``fsrs``)."""
