"""Which topics an article belongs to."""
