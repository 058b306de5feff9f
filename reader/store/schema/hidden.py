"""What rules hide: out of every list and counter, but not out of the library."""

from __future__ import annotations

# As a headline without a state is met by no list, an article that a rule hides has its state and topics here
# until the rule goes or ends; `article.bare` is 2 meanwhile.
EIGHTH = """
CREATE TABLE mute(                             -- the rules in force, as the stored articles have them
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    query TEXT NOT NULL,
    until INTEGER                              -- when it ends, NULL: never
) STRICT;

CREATE TABLE hidden(
    article INTEGER PRIMARY KEY,
    feed INTEGER NOT NULL,                     -- this and the next three: its state
    sort INTEGER NOT NULL,
    read INTEGER NOT NULL,
    starred INTEGER NOT NULL,
    mute INTEGER NOT NULL                      -- why
) STRICT;
CREATE INDEX hidden_sort ON hidden(sort);
CREATE INDEX hidden_mute ON hidden(mute);

CREATE TABLE hidden_topic(
    topic INTEGER NOT NULL,
    sort INTEGER NOT NULL,
    article INTEGER NOT NULL,
    place INTEGER NOT NULL,
    evidence TEXT NOT NULL,
    PRIMARY KEY(topic, sort, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX hidden_topic_article ON hidden_topic(article);
CREATE INDEX article_hidden ON article(story) WHERE story > 0 AND bare = 2;
"""
