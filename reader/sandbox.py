"""A parser that can be killed."""
