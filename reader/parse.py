"""Feed bytes to values."""
