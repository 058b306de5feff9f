"""What another reader knew of articles that have not come here yet."""

from __future__ import annotations

FIFTH = """
CREATE TABLE awaited(
    feed INTEGER NOT NULL,
    key BLOB NOT NULL,                         -- of its guid
    link BLOB NOT NULL,                        -- of its address, x'' where that names no item
    read INTEGER NOT NULL,                     -- 1: it was read there
    starred INTEGER NOT NULL,
    since INTEGER NOT NULL,                    -- when the library was told, to forget it some day
    PRIMARY KEY(feed, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX awaited_link ON awaited(feed, link) WHERE link <> x'';
"""
