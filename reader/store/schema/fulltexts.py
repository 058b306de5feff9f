"""The whole texts of articles whose feeds give less, as their pages have them."""

from __future__ import annotations

SEVENTH = """
CREATE TABLE fulltext(
    article INTEGER PRIMARY KEY,
    url TEXT NOT NULL,                         -- where the page was found in the end
    html ANY NOT NULL,                         -- text, or a zlib stream where that is smaller; '': none yet
    words ANY NOT NULL,                        -- the same in plain words, for the search index
    shown INTEGER NOT NULL,                    -- 0: the reader wants the feed's text
    fetched INTEGER NOT NULL,                  -- when, or the last attempt where there is none yet
    failures INTEGER NOT NULL,                 -- in a row
    error TEXT NOT NULL
) STRICT;
"""
