"""What the list consists of: one row for each story, and below the unfolded ones who else tells them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import UTC, date, datetime

from reader.model import View
from reader.records import dataclass
from reader.store import Store
from reader.tui.drawing.times import day
from reader.tui.panes.days import first_rows

Days = Sequence[tuple[int, date]]
"""(first row, day) of each day."""


@dataclass(frozen=True, slots=True)
class Story:
    """A story whose articles are all to be seen."""

    row: int  # the article that stands for it in the list
    others: tuple[int, ...]  # the others, newest first


@dataclass(frozen=True, slots=True)
class Listed:
    """A list with its stories folded."""

    ids: array[int] = field(default_factory=lambda: array("q"))
    days: Days = ()
    placed: Mapping[int, int] = field(default_factory=dict)  # a story's row: its newest article that is shown


@dataclass(frozen=True, slots=True)
class Laid:
    """A list as it is drawn."""

    ids: array[int]
    days: Days
    under: Mapping[int, int]  # the row that each article of an unfolded story stands below
    placed: Mapping[int, int] = field(default_factory=dict)  # a folded story's row: its newest article


def listed(store: Store, view: View) -> Listed:
    """Ask what a view shows, and where its days begin; the top stories stand by rank, not by day."""
    if view.top:
        return Listed(shown(store, view))
    ids, newest = placed(store, view)
    by = followed_by(ids, newest)
    if view.ranked:
        return Listed(ids, placed=by)  # hits in headlines come first, whatever their day
    return Listed(ids, _days(store, newest), by)


def followed_by(ids: array[int], newest: array[int]) -> dict[int, int]:
    """Return the rows that stand for something newer, and that."""
    return {id: by for id, by in zip(ids, newest, strict=True) if id != by} if ids is not newest else {}


def placed(store: Store, view: View, limit: int | None = None) -> tuple[array[int], array[int]]:
    """Return the rows of a list, and what each is placed by: a story stands where its newest report does."""
    if view.grouped:
        return store.lists.grouped(view, limit)
    ids = store.lists.ids(view, limit)
    return ids, ids


def shown(store: Store, view: View) -> array[int]:
    """Return what a view shows; only the top stories need the engines, which take a moment to import."""
    if not view.top:
        return store.lists.ids(view)
    from reader import library

    return library.shown(store, view, datetime.now(UTC))


def top_reports(store: Store) -> array[int]:
    """Ask for the reports of the top stories."""
    return shown(store, View(top=True))


def unfolded(store: Store, view: View, ids: array[int], stories: Iterable[int]) -> dict[int, Story]:
    """Return those of some stories that have a row among `ids`, and others that the view would show."""
    members = {story: store.stories.members(story) for story in stories}
    rows = store.lists.rows([id for each in members.values() for id in each])
    if not rows:
        return {}
    wanted = {row.id for row in rows}
    oldest = min(row.published for row in rows)  # what is older need not be asked for
    since = max(oldest, view.since) if view.since else oldest
    visible = wanted.intersection(shown(store, replace(view, grouped=False, since=since)))
    standing = wanted.intersection(ids)
    found = {}
    for story, each in members.items():
        row = next((id for id in each if id in standing), None)
        others = tuple(id for id in each if id in visible and id != row)
        if row is not None and others:
            found[story] = Story(row, others)
    return found


def standing_for(store: Store, article: int, ids: array[int]) -> int | None:
    """Return the row that stands for an article's story, None where there is none."""
    members = set(store.lists.story(article))
    return next((id for id in ids if id in members), None) if members else None


def laid(listed: Listed, stories: Iterable[Story]) -> Laid:
    """Put the others of each story below its row; the days that follow move down."""
    places = sorted((listed.ids.index(story.row), story) for story in stories)
    if not places:
        return Laid(listed.ids, listed.days, {}, listed.placed)
    ids, start = array("q"), 0
    under: dict[int, int] = {}
    for place, story in places:
        ids += listed.ids[start : place + 1]
        ids.extend(story.others)
        under |= dict.fromkeys(story.others, story.row)
        start = place + 1
    ids += listed.ids[start:]
    days = [
        (first + sum(len(story.others) for place, story in places if place < first), when)
        for first, when in listed.days
    ]
    open_rows = {story.row for _, story in places}
    folded = {id: by for id, by in listed.placed.items() if id not in open_rows}
    return Laid(ids, days, under, folded)


def _days(store: Store, ids: array[int]) -> Days:
    time = store.lists.time

    def day_of(row: int) -> date | None:
        when = time(ids[row])
        return day(when) if when else None

    return first_rows(len(ids), day_of)
