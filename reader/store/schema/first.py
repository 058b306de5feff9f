"""The library as it was first released."""

from __future__ import annotations

# In the search index's tokenizer marks (M*) belong to words: unicode61 as it comes breaks Khmer, Thai and
# Hindi words at their vowel signs; Co is the letter that opens the tokens of `beginnings`.
FIRST = """
CREATE TABLE feed(
    id INTEGER PRIMARY KEY AUTOINCREMENT,      -- never given again, so that a stale id finds nothing
    url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL DEFAULT '',            -- as the feed calls itself
    name TEXT NOT NULL DEFAULT '',             -- as the reader calls it
    shown TEXT AS (CASE WHEN name <> '' THEN name WHEN title <> '' THEN title ELSE url END),
    site TEXT NOT NULL DEFAULT '',
    topic TEXT NOT NULL DEFAULT '',
    local INTEGER NOT NULL DEFAULT 0,          -- may be on a private network: the reader typed it
    paused INTEGER NOT NULL DEFAULT 0,
    etag TEXT NOT NULL DEFAULT '',
    modified TEXT NOT NULL DEFAULT '',
    digest BLOB NOT NULL DEFAULT x'',
    fetched INTEGER,                           -- all times are whole seconds since 1970, UTC
    succeeded INTEGER,
    due INTEGER,                               -- NULL: at once
    failures INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '',
    unread INTEGER NOT NULL DEFAULT 0,         -- both kept by triggers on state
    total INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE article(
    id INTEGER PRIMARY KEY,                    -- grows with the time of first sight
    feed INTEGER NOT NULL,
    sort INTEGER NOT NULL,                     -- earlier of published and first seen, never changed again
    title TEXT NOT NULL,
    folded TEXT,                               -- casefolded title where LIKE would not fold it alike
    story INTEGER NOT NULL DEFAULT 0,
    bare INTEGER NOT NULL DEFAULT 0            -- mentioned by a page, no article behind it
) STRICT;
CREATE INDEX article_story ON article(story, feed) WHERE story > 0 AND bare = 0;
CREATE INDEX article_bare ON article(title) WHERE bare = 1;

CREATE TABLE content(
    article INTEGER PRIMARY KEY,
    guid TEXT NOT NULL,                        -- '' where it is the address
    url TEXT NOT NULL,
    author TEXT NOT NULL,
    dateline TEXT NOT NULL,
    lang TEXT NOT NULL,
    published INTEGER,                         -- as the feed states it
    updated INTEGER,
    seen INTEGER NOT NULL,
    summary ANY,                               -- text, or a zlib stream where that is smaller
    html ANY,
    extra TEXT NOT NULL                        -- JSON of categories and enclosures, '' when none
) STRICT;

CREATE TABLE item(                             -- how a feed's item is known again
    feed INTEGER NOT NULL,
    key BLOB NOT NULL,
    article INTEGER NOT NULL,                  -- 0: deleted by the reader, not to come back
    digest BLOB NOT NULL,                      -- of the content: an unchanged item is not rewritten
    link INTEGER NOT NULL,                     -- hash of address and title, for feeds whose guids flip
    PRIMARY KEY(feed, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_link ON item(feed, link) WHERE link <> 0;

CREATE TABLE state(
    article INTEGER PRIMARY KEY,
    feed INTEGER NOT NULL,
    sort INTEGER NOT NULL,
    read INTEGER NOT NULL DEFAULT 0,           -- when, 0: unread
    starred INTEGER NOT NULL DEFAULT 0         -- when, 0: not
) STRICT;
CREATE INDEX state_sort ON state(sort);
CREATE INDEX state_feed ON state(feed, sort);
CREATE INDEX state_unread ON state(sort) WHERE read = 0;
CREATE INDEX state_feed_unread ON state(feed, sort) WHERE read = 0;
CREATE INDEX state_starred ON state(sort) WHERE starred > 0;

CREATE TABLE topic(
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    unread INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE article_topic(
    topic INTEGER NOT NULL,
    sort INTEGER NOT NULL,
    article INTEGER NOT NULL,
    place INTEGER NOT NULL,                    -- 0: the topic with the strongest evidence
    evidence TEXT NOT NULL,
    PRIMARY KEY(topic, sort, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_topic_article ON article_topic(article, place);

CREATE TABLE mention(                          -- headlines that a page names
    feed INTEGER NOT NULL,
    article INTEGER NOT NULL,                  -- whose related list it is; 0: the feed's ticker
    place INTEGER NOT NULL,
    headline INTEGER NOT NULL,                 -- the article, or a bare headline
    PRIMARY KEY(feed, article, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_headline ON mention(headline);

CREATE TABLE term(
    hash INTEGER PRIMARY KEY,
    frequency INTEGER NOT NULL                 -- in how many articles
) STRICT;
CREATE TABLE vector(
    article INTEGER PRIMARY KEY,
    weights BLOB NOT NULL
) STRICT;
CREATE VIRTUAL TABLE neighbour USING fts5(
    terms, content='', contentless_delete=1, detail=none, tokenize=ascii
);
CREATE VIRTUAL TABLE neighbour_terms USING fts5vocab(neighbour, row);
CREATE VIRTUAL TABLE search USING fts5(
    title, body, beginnings, content='', contentless_delete=1,
    tokenize="unicode61 remove_diacritics 2 categories 'L* N* M* Co'"
);
INSERT INTO search(search, rank) VALUES ('hashsize', 8388608);  -- gather 8 MB before writing

CREATE TABLE counter(
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counter VALUES ('article', 0), ('neighbours', 0), ('drift', 0);

CREATE TRIGGER state_added AFTER INSERT ON state BEGIN
    UPDATE feed SET total = total + 1, unread = unread + (NEW.read = 0) WHERE id = NEW.feed;
END;
CREATE TRIGGER state_removed AFTER DELETE ON state BEGIN
    UPDATE feed SET total = total - 1, unread = unread - (OLD.read = 0) WHERE id = OLD.feed;
END;
CREATE TRIGGER state_read AFTER UPDATE OF read ON state WHEN (OLD.read = 0) <> (NEW.read = 0) BEGIN
    UPDATE feed SET unread = unread + (NEW.read = 0) - (OLD.read = 0) WHERE id = NEW.feed;
    UPDATE topic SET unread = unread + (NEW.read = 0) - (OLD.read = 0)
    WHERE id IN (SELECT topic FROM article_topic WHERE article = NEW.article);
END;
CREATE TRIGGER article_topic_added AFTER INSERT ON article_topic BEGIN
    UPDATE topic SET total = total + 1,
        unread = unread + (SELECT read = 0 FROM state WHERE article = NEW.article) WHERE id = NEW.topic;
END;
CREATE TRIGGER article_topic_removed AFTER DELETE ON article_topic BEGIN
    UPDATE topic SET total = total - 1,
        unread = unread - (SELECT read = 0 FROM state WHERE article = OLD.article) WHERE id = OLD.topic;
END;
"""
