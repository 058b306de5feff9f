"""The stories that the reader follows, each by one of its articles: a story's number may change."""

from __future__ import annotations

TENTH = """
CREATE TABLE followed(
    article INTEGER PRIMARY KEY,
    since INTEGER NOT NULL                     -- when the reader began
) STRICT;
"""
