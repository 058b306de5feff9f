"""Screens over the desk, imported when first opened."""
