"""Stories: which articles tell one event, which of them leads, and what the reader has taken apart.

An article's story is a column of its own row; the story's row sums it up, so that no list need count. A story
that is down to one article is none.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from reader.model import Coverage
from reader.store.database import Database, packed, packed_or_none
from reader.store.values import seconds

MEMBERS = "SELECT id FROM article WHERE story = ? AND story > 0 AND bare = 0 ORDER BY sort DESC, id DESC"
REPORTS = """SELECT article.id, article.feed, sort, content.size, opened FROM article
             JOIN content ON content.article = article.id JOIN feed ON feed.id = article.feed
             WHERE story = ? AND story > 0 AND bare = 0 ORDER BY article.id"""
SUMMED = """SELECT story, min(id), count(DISTINCT feed), max(sort), count(*) FROM article
            WHERE story > 0 AND bare = 0 AND story IN carray(?) GROUP BY story"""
TOGETHER = """SELECT article, story FROM apart WHERE division = ?1 AND NOT EXISTS (
              SELECT 1 FROM apart later WHERE later.article = apart.article AND later.division > ?1
              AND later.part > 0)"""
FOLLOWERS = """SELECT id, lead FROM story CROSS JOIN article INDEXED BY article_story ON story = number
               WHERE story > 0 AND bare = 0 AND id <> lead"""
ALONE = """UPDATE article SET story = 0 WHERE story > 0 AND bare = 0 AND story IN carray(?) AND NOT EXISTS (
           SELECT 1 FROM article other WHERE other.story = article.story AND other.story > 0
           AND other.bare = 2)"""  # a report that a rule hides may come back to it
WALKED = 4
"""One in so many articles: from there on all stories are walked, below each article is asked for its own."""


class Stories:
    """The articles' stories."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def of(self, ids: Iterable[int]) -> dict[int, int]:
        """Return the story of each article that has one."""
        wanted = packed_or_none(ids)
        if wanted is None:
            return {}
        sql = "SELECT id, story FROM article WHERE story > 0 AND id IN carray(?)"
        return dict(self.db.rows(sql, (wanted,)))

    def members(self, story: int) -> tuple[int, ...]:
        """Return the articles of a story, newest first."""
        return tuple(self.db.column(MEMBERS, (story,)))

    def reports(self, story: int) -> list[tuple[int, int, int, int, int]]:
        """Return what a lead is chosen by: (article, feed, seconds since 1970, characters, opened) each.

        `opened` is how many articles of that feed the reader has opened.
        """
        return self.db.rows(REPORTS, (story,))

    def put(self, ids: Iterable[int], story: int) -> None:
        """Put articles into a story, a number of the engine's choice (its first article); 0: into none."""
        with self.db.transaction(durable=False):
            self.sum_up(self.number(ids, story))

    def number(self, ids: Iterable[int], story: int) -> set[int]:
        """Put articles into a story as `put` does; returns the stories that are to be summed up after that.

        Only inside a transaction: many articles are put where they belong before all is summed up once.
        """
        wanted = packed_or_none(ids)
        if wanted is None:
            return set()
        before = self.db.column("SELECT DISTINCT story FROM article WHERE id IN carray(?)", (wanted,))
        self.db.run("UPDATE article SET story = ? WHERE id IN carray(?)", (story, wanted))
        return {*before, story}

    def set_lead(self, story: int, article: int) -> None:
        """Let an article stand for its story."""
        self.db.run("UPDATE story SET lead = ? WHERE number = ?", (article, story))

    def sum_up(self, stories: Iterable[int]) -> None:
        """Make the rows of some stories anew, after articles came or went; a lead that is left stays."""
        wanted = packed_or_none(number for number in set(stories) if number)
        if wanted is None:
            return
        found = self.db.rows(SUMMED, (wanted,))
        alone = packed_or_none(story for story, *_, count in found if count == 1)
        if alone is not None:
            self.db.run(ALONE, (alone,))
        sql = "SELECT number, lead FROM story JOIN article ON id = lead AND story = number"
        leads: dict[int, int] = dict(self.db.rows(f"{sql} WHERE number IN carray(?)", (wanted,)))
        self.db.run("DELETE FROM story WHERE number IN carray(?)", (wanted,))
        self.db.many(
            "INSERT INTO story(number, lead, sources, latest) VALUES (?, ?, ?, ?)",
            (
                (story, leads.get(story, first), sources, latest)
                for story, first, sources, latest, count in found
                if count > 1
            ),
        )

    def clear(self) -> None:
        """Forget all stories, for a rebuild; what the reader took apart is remembered."""
        with self.db.transaction(durable=False):
            self.db.run("UPDATE article SET story = 0 WHERE story > 0")
            self.db.run("DELETE FROM story")

    # Taking apart

    def part(self, ids: Sequence[int], *, each: bool = False) -> int:
        """Take articles of one story out of it for good; returns the act's number, 0 where nothing changed.

        They become a story of their own, or with `each` stand alone. A whole story comes apart only so.
        """
        with self.db.transaction():
            found = self.of(ids)
            if len(set(found.values())) != 1:
                return 0
            story = next(iter(found.values()))
            staying = [id for id in self.members(story) if id not in found]
            leaving = [[id] for id in sorted(found)] if each else [sorted(found)]
            parts = [part for part in (sorted(staying), *leaving) if part]
            if len(parts) < 2:
                return 0
            sql = "UPDATE counter SET value = value + 1 WHERE name = 'division' RETURNING value"
            division: int = self.db.value(sql)
            self.db.many(
                "INSERT INTO apart(article, division, part, story) VALUES (?, ?, ?, ?)",
                ((id, division, number, story) for number, part in enumerate(parts) for id in part),
            )
            self._number({story if story in part else part[0]: part for part in parts})
            self.sum_up({story, *(part[0] for part in parts)})
        return division

    def division(self, article: int) -> int:
        """Return the latest act of taking apart that an article was in, on either side; 0: none."""
        return self.db.value("SELECT max(division) FROM apart WHERE article = ?", (article,)) or 0

    def rejoin(self, division: int) -> tuple[int, ...]:
        """Take one act of taking apart back; returns the articles that are one story again.

        What a later act took out stays out. What has joined one of the parts since comes along, unless the
        reader parted it from the others.
        """
        with self.db.transaction():
            found: dict[int, int] = dict(self.db.rows(TOGETHER, (division,)))
            self.db.run("DELETE FROM apart WHERE division = ?", (division,))
            if not found:
                return ()
            before, known = set(self.of(found).values()), {*found, *found.values()}
            joined = {id for story in before & known for id in self.members(story)} - found.keys()
            barred = joined & self.apart([*found, *joined])
            together = sorted(found.keys() | joined - barred)
            story = next(iter(found.values()))
            story = story if story in together else together[0]
            self._number({story: together, min(barred, default=0): sorted(barred)})
            self.sum_up({*before, story, *barred})
        return tuple(together)

    def _number(self, stories: Mapping[int, Sequence[int]]) -> None:
        """Write which articles a story has: its number is that of one of them, or of one that is gone.

        So no story ever comes by the number of another.
        """
        for story, ids in stories.items():
            if ids:
                self.db.run("UPDATE article SET story = ? WHERE id IN carray(?)", (story, packed(ids)))

    def apart(self, ids: Iterable[int]) -> frozenset[int]:
        """Return what the reader has parted from any of these: they never share a story again."""
        wanted = packed_or_none(ids)
        if wanted is None:
            return frozenset()
        sql = """SELECT other.article FROM carray(?) CROSS JOIN apart mine ON mine.article = value
                 JOIN apart other ON other.division = mine.division AND other.part <> mine.part"""
        return frozenset(self.db.column(sql, (wanted,)))

    # Asking

    def leads(self, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
        """Return (story, lead) of each article that has a story."""
        if not ids:
            return {}
        sql = """SELECT id, number, lead FROM carray(?) CROSS JOIN article ON id = value
                 CROSS JOIN story ON number = story"""
        return {article: (story, lead) for article, story, lead in self.db.rows(sql, (packed(ids),))}

    def followers(self, ids: Sequence[int], of: int) -> dict[int, int]:
        """Return the lead of each article that is in a story and does not lead it.

        Where the ids are many `of` so many articles in all, also of others: walking them all is faster then.
        """
        if not ids:
            return {}
        if len(ids) * WALKED > of:
            return dict(self.db.rows(FOLLOWERS))
        sql = """SELECT id, lead FROM carray(?) CROSS JOIN article ON id = value
                 CROSS JOIN story ON number = story WHERE id <> lead"""
        return dict(self.db.rows(sql, (packed(ids),)))

    def covered(self, since: datetime) -> list[Coverage]:
        """Return the stories of two sources and more that something was added to since, by number."""
        sql = """SELECT number, lead, id, feed, sort FROM story INDEXED BY story_latest
                 CROSS JOIN article ON story = number
                 WHERE latest >= ? AND sources > 1 AND story > 0 AND bare = 0 ORDER BY number, id"""
        found: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
        for story, lead, *report in self.db.rows(sql, (seconds(since),)):
            found.setdefault((story, lead), []).append((report[0], report[1], report[2]))
        return [Coverage(story, lead, tuple(reports)) for (story, lead), reports in found.items()]

    def outputs(self, feeds: Iterable[int], since: datetime) -> dict[int, int]:
        """Return how many articles each feed has published since."""
        sql = """SELECT value, (SELECT count(*) FROM state INDEXED BY state_feed
                                WHERE feed = value AND sort >= ?) FROM carray(?)"""
        return dict(self.db.rows(sql, (seconds(since), packed(feeds))))


def by_latest(ids: array[int], followers: dict[int, int], shown: set[int]) -> tuple[array[int], array[int]]:
    """Return ids with one article for each story, its lead where that is shown, and what each is placed by.

    `followers`: the leads of those that follow one. A story stands in the place of the first of its ids.
    """
    involved = {*followers, *followers.values()}
    first, told = array("q"), set()
    standing: dict[int, int] = {}  # for the first of a story, the article in its place
    for id in ids:
        if id in involved:
            lead = followers.get(id, id)
            if lead in told:
                continue
            told.add(lead)
            standing[id] = lead if lead in shown else id
        first.append(id)
    return array("q", map(standing.get, first, first)), first
