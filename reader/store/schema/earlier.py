"""What articles said when they were read, where they have been edited since: one earlier text for each."""

from __future__ import annotations

ELEVENTH = """
CREATE TABLE earlier(
    article INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    html ANY NOT NULL,                         -- as in `content`: text, or compressed
    seen INTEGER NOT NULL DEFAULT 0            -- 1: the edited text has been opened since
) STRICT;
"""
