"""How moderators grow the knowledge: drafts, near-duplicates, differences, versions, questions asked in vain, insight."""
