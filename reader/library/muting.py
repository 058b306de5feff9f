"""Rules that hide: applied to what is stored when they change or end, and to what a refresh brings."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from reader.model import Mute, View
from reader.query import QueryError
from reader.store import Store

LOOK_BACK = timedelta(days=7)
"""How far a dry run looks back."""


def in_force(rules: Sequence[Mute], now: datetime) -> tuple[Mute, ...]:
    """Return the rules that have not ended."""
    return tuple(rule for rule in rules if rule.until is None or rule.until > now)


def mutes_changed(store: Store, rules: Sequence[Mute], now: datetime) -> bool:
    """Tell whether `apply_mutes` has anything to do; takes microseconds."""
    return tuple(store.hidden.rules()) != in_force(rules, now)


def apply_mutes(store: Store, rules: Sequence[Mute], now: datetime) -> None:
    """Hide of the stored articles what the rules say, and show again what rules hid that went or ended.

    All or nothing. The first rule that an article answers hides it; a rule that stands as it stood before
    costs nothing but a look at what others let go.
    """
    wanted = in_force(rules, now)
    with store.transaction():
        held = store.hidden.rules()
        if tuple(held) == wanted:
            return
        same = 0
        while same < min(len(held), len(wanted)) and tuple(held)[same] == wanted[same]:
            same += 1
        back = array("q")
        for number in list(held.values())[same:]:
            back.extend(store.hidden.drop(number))
        for rule in wanted[:same]:
            _hide(store, rule, held[rule], among=back)
        for rule in wanted[same:]:
            _hide(store, rule, store.hidden.add(rule))


def mute(store: Store, ids: Sequence[int]) -> int:
    """Hide of some articles, which are new or were edited, what the rules in force say; how many."""
    rules = store.hidden.rules() if ids else {}
    return sum(_hide(store, rule, number, among=ids) for rule, number in rules.items())


def would_hide(store: Store, query: str, now: datetime, limit: int | None = None) -> array[int]:
    """Return what of the last week's articles a rule would hide or hides, newest first. Raises QueryError."""
    view = View(query=query, since=now - LOOK_BACK)
    starred = set(store.lists.ids(View(starred=True, since=now - LOOK_BACK)))
    found = [id for id in store.lists.ids(view) if id not in starred]
    hidden = list(store.lists.ids(replace(view, search="hidden")))
    return array("q", sorted([*found, *hidden], reverse=True) if hidden else found)[:limit]


def _hide(store: Store, rule: Mute, number: int, among: Sequence[int] | None = None) -> int:
    view = View(query=rule.query)
    try:
        found = store.lists.all(view) if among is None else store.lists.among(view, among)
    except QueryError:  # of a newer newsread
        return 0
    return store.hidden.put(found, number)
