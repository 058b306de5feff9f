"""What servers and feeds ask for, and who is fetching what."""

from __future__ import annotations

FOURTH = """
ALTER TABLE feed ADD COLUMN asked INTEGER;                        -- not before then: the server said so
ALTER TABLE feed ADD COLUMN pace TEXT NOT NULL DEFAULT '';        -- JSON of a Pace, '' when it says nothing
ALTER TABLE feed ADD COLUMN moving TEXT NOT NULL DEFAULT '';      -- where a permanent redirect leads
ALTER TABLE feed ADD COLUMN moving_since INTEGER;
ALTER TABLE feed ADD COLUMN moving_times INTEGER NOT NULL DEFAULT 0;

CREATE TABLE claim(                            -- feeds that a refresh is at
    feed INTEGER PRIMARY KEY,
    holder TEXT NOT NULL,                      -- which refresh of which process
    since INTEGER NOT NULL
) STRICT;
"""
