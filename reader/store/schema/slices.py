"""By what bytes a feed's items are known, so that a changed document costs its new items only."""

from __future__ import annotations

NINTH = """
CREATE TABLE slice(
    feed INTEGER PRIMARY KEY,
    context BLOB NOT NULL,                     -- digest of all outside of the items that they depend on
    items BLOB NOT NULL                        -- for each: digest of its bytes, its key and digest in `item`
) STRICT;
"""
