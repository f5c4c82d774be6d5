"""How moderators grow the knowledge from Discord, and how people see what is kept about them."""
