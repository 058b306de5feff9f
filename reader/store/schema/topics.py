"""What the reader has said of topics, whose rules are in force, and what was learned from both."""

from __future__ import annotations

THIRD = """
CREATE TABLE correction(                       -- the topic that the reader gave an article
    article INTEGER PRIMARY KEY,
    topic TEXT NOT NULL                        -- '': none
) STRICT;
CREATE TABLE rule(                             -- the reader's own topics, as the stored articles have them
    name TEXT PRIMARY KEY,                     -- its ASCII letters in lower case
    digest INTEGER NOT NULL                    -- of keywords and query; 0: not known
) STRICT, WITHOUT ROWID;
INSERT INTO rule SELECT DISTINCT lower(name), 0
    FROM article_topic JOIN topic ON topic.id = article_topic.topic WHERE evidence LIKE 'keyword: %';
CREATE TABLE learned(                          -- how often a term stood in articles of a stated topic
    term INTEGER PRIMARY KEY,                  -- a hash of language and term; "": all
    counts BLOB NOT NULL                       -- 32 bits of each topic that has any: its number and the count
) STRICT;
"""
