"""What the reader deleted, kept a while so that it can be taken back."""

from __future__ import annotations

SIXTH = """
CREATE TABLE trash(
    article INTEGER PRIMARY KEY,               -- its number, which it gets back
    feed INTEGER NOT NULL,
    deleted INTEGER NOT NULL,                  -- when
    title TEXT NOT NULL,
    held BLOB NOT NULL                         -- its rows in the other tables: JSON in a zlib stream
) STRICT;
CREATE INDEX trash_deleted ON trash(deleted);
"""
