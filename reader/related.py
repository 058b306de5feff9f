"""Which articles are neighbours."""
