"""Messages as Discord lays them out."""
