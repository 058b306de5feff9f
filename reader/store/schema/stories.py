"""A row for each story, so that the list, the ticker and "Top" need not count articles."""

from __future__ import annotations

SECOND = """
ALTER TABLE feed ADD COLUMN opened INTEGER NOT NULL DEFAULT 0;    -- how many of its articles were opened
ALTER TABLE content ADD COLUMN size INTEGER NOT NULL DEFAULT 0;   -- characters of its text, 0: not known

CREATE TABLE story(                            -- an event that several articles tell
    number INTEGER PRIMARY KEY,                -- the id of the article that founded it
    lead INTEGER NOT NULL,                     -- the article that stands for it
    sources INTEGER NOT NULL,                  -- how many feeds tell it
    latest INTEGER NOT NULL                    -- `sort` of its newest article
) STRICT;
CREATE INDEX story_latest ON story(latest);
INSERT INTO story SELECT story, min(id), count(DISTINCT feed), max(sort)
    FROM article WHERE story > 0 AND bare = 0 GROUP BY story;

CREATE TABLE apart(                            -- what the reader took out of a story stays out of it
    article INTEGER NOT NULL,
    division INTEGER NOT NULL,                 -- one act of taking apart
    part INTEGER NOT NULL,                     -- articles of different parts never tell one story again
    story INTEGER NOT NULL,                    -- the story it was in, for taking the act back
    PRIMARY KEY(article, division)
) STRICT, WITHOUT ROWID;
CREATE INDEX apart_division ON apart(division);
INSERT INTO counter VALUES ('division', 0);
"""
