"""Quiz cards, the round, the grading of typed answers."""
