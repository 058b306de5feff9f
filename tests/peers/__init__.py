"""Slow suites against corpora and other programs."""
