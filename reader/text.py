"""Strangers' text."""
