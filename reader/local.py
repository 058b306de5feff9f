"""Local paths and standard input."""
