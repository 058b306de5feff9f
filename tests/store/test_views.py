"""Whatever a view asks for, the library shows what a plain reading of it would."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.model import View
from reader.store import Store, lists, views
from tests.store.shelf import NOW, entry, put

WORDS = ("budget", "match", "straße", "Zürich", "rain", "x", "%", "_a", "首相", "ΣΊΣ")
TOPICS = ("World", "Sport", "Mine")

articles = st.lists(
    st.tuples(
        st.integers(0, 2),  # feed
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),  # title
        st.lists(st.sampled_from(WORDS), max_size=4),  # text
        st.lists(st.sampled_from(TOPICS), max_size=2, unique=True),
        st.integers(0, 6),  # age in hours: ties are wanted
        st.booleans(),  # read
        st.booleans(),  # starred
    ),
    max_size=14,
)
narrow = st.builds(
    View,
    topic=st.sampled_from(("", "", *TOPICS, "none")),
    feed=st.none() | st.integers(1, 4),
    unread=st.booleans(),
    starred=st.booleans(),
    since=st.none() | st.integers(0, 7).map(lambda age: NOW - timedelta(hours=age)),
    search=st.sampled_from(
        ("", "", "budget ", "rain match ", "-rain ", "budget -match ", '"rain x" ', "首相")
    ),
    filter=st.sampled_from(("", "", "BUDGET", "straSSE", "wire x", "%", "_", "σίσ", "zür post")),
    keep=st.none() | st.integers(1, 15),
)
some = st.sets(st.sampled_from(list(View.__dataclass_fields__)), max_size=3)
asked = st.builds(lambda view, names: View(**{name: getattr(view, name) for name in names}), narrow, some)


def naive(rows, view):
    """The ids that a view shows, by the words of its definition."""
    shown = []
    for row in rows:
        number, feed, source, title, text, topics, age, read, starred = row
        both = f"{title} {text}".casefold().split()
        sides = (title.casefold().split(), text.casefold().split())
        kept = number == view.keep
        wanted = {
            "": True,
            "budget ": "budget" in both,
            "rain match ": "rain" in both and "match" in both,
            "-rain ": "rain" not in both,
            "budget -match ": "budget" in both and "match" not in both,
            '"rain x" ': any(side[n : n + 2] == ["rain", "x"] for side in sides for n in range(len(side))),
            "首相": "首相" in both,
        }[view.search]
        if (
            (not view.topic or view.topic in topics)
            and (view.feed is None or view.feed == feed)
            and (not view.unread or not read or kept)
            and (not view.starred or starred or kept)
            and (view.since is None or NOW - timedelta(hours=age) >= view.since)
            and all(
                word in title.casefold() or word in source.casefold()
                for word in view.filter.casefold().split()
            )
            and wanted
        ):
            shown.append((age, -number, number))
    return [number for *_, number in sorted(shown)]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.data_too_large])
@given(
    articles,
    asked,
    st.none() | st.integers(0, 5),
    st.sampled_from((0, 200)),
    st.sampled_from((0, 4, 1000)),
    st.integers(1, 9),
)
def test_ids_are_what_a_naive_filter_gives(given_articles, view, limit, probe, scan, window):
    with Store.open(":memory:") as store, pytest.MonkeyPatch.context() as patched:
        patched.setattr(views, "PROBE_MAX", probe)  # every way to the same list
        patched.setattr(views, "SCAN_SHARE", scan)
        patched.setattr(lists, "WINDOW", window)
        names = ("The Wire", "Post X", "straße")
        feeds = [store.feeds.add(f"https://{n}.example/", title=name)[0] for n, name in enumerate(names)]
        rows = []
        for n, (feed, title, text, topics, age, read, starred) in enumerate(given_articles):
            item = entry(n, title=" ".join(title), published=NOW - timedelta(hours=age))
            number = put(store, feeds[feed], item, topics=topics, text=" ".join(text)).new[0]
            if read:
                store.marks.read([number])
            if starred:
                store.marks.star([number])
            rows.append(
                (number, feeds[feed].id, names[feed], item.title, " ".join(text), topics, age, read, starred)
            )
        assert list(store.lists.ids(view, limit)) == naive(rows, view)[:limit]
        assert set(store.marks.read_all(view)) == {
            row[0] for row in rows if row[0] in naive(rows, View(**_fields(view, unread=True, keep=None)))
        }


def _fields(view, **changes):
    return {name: getattr(view, name) for name in View.__dataclass_fields__} | changes
