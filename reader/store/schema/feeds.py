"""Feeds that are kept out of the river, or removed so that it can be taken back; and what visits cost."""

from __future__ import annotations

# The articles of a removed feed wait in `hidden`, with the feed's number, negative, as what hides them.
TWELFTH = """
ALTER TABLE feed ADD COLUMN muted INTEGER NOT NULL DEFAULT 0;      -- 1: in its own list and topic only
ALTER TABLE feed ADD COLUMN removed INTEGER;                       -- when, NULL: it is not
ALTER TABLE feed ADD COLUMN visits INTEGER NOT NULL DEFAULT 0;     -- that went well
ALTER TABLE feed ADD COLUMN unchanged INTEGER NOT NULL DEFAULT 0;  -- of them answered by 304
ALTER TABLE feed ADD COLUMN size INTEGER NOT NULL DEFAULT 0;       -- bytes of its last document
ALTER TABLE feed ADD COLUMN saved INTEGER NOT NULL DEFAULT 0;      -- bytes that were not sent again
"""
