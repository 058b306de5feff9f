"""Strangers' text made safe."""


class NewsreadError(Exception):
    """Something the user should know: its text is one line in words that says what to do."""
