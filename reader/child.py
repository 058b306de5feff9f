"""Runs a refresh in another process."""
