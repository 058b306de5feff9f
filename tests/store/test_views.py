"""Whatever a view asks for, the library shows what a plain reading of it would."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.model import View
from reader.query import Flag, Phrase, Word, conjuncts, parse, printed
from reader.store import Store, lists, views
from tests.queries import fields, shows, trees
from tests.store.shelf import NOW, entry, put

WORDS = ("budget", "match", "straße", "Zürich", "rain", "x", "%", "_a", "首相", "ΣΊΣ")
TOPICS = ("World", "Sport", "Mine")

SOUGHT = (
    *(Word(text) for text in ("budget", "rain", "match", "首相")),
    Word("bud", beginning=True),
    Word("rain", beginning=True),
    Phrase("rain x"),
    Phrase("budget"),
)
PARTS = (*map(Word, ("BUDGET", "straSSE", "wire", "x", "%", "_", "σίσ", "zür", "post")), Phrase("n x"))


def queries(words):
    """Texts of queries over some words; a space at their end: nothing is still being typed."""
    asked = trees(
        words | fields(("budget", "rain"), ("the", "STR", "no"), ("a", "ann"), ("World", "wor", "Mine"))
    )
    return st.just("") | asked.map(lambda tree: f"{printed(tree)} ")


ARTICLE = st.tuples(
    st.integers(0, 2),  # feed
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),  # title
    st.lists(st.sampled_from(WORDS), max_size=4),  # text
    st.lists(st.sampled_from(TOPICS), max_size=2, unique=True),
    st.integers(0, 6),  # age in hours: ties are wanted
    st.booleans(),  # read
    st.booleans(),  # starred
    st.sampled_from(("", "Ann Ash", "Bo")),  # author
    st.sampled_from(("", "en", "en-GB", "fr")),
    st.booleans(),  # hidden
)
articles = st.lists(ARTICLE, max_size=14)
narrow = st.builds(
    View,
    topic=st.sampled_from(("", "", *TOPICS, "none")),
    feed=st.none() | st.integers(1, 4),
    unread=st.booleans(),
    starred=st.booleans(),
    since=st.none() | st.integers(0, 7).map(lambda age: NOW - timedelta(hours=age)),
    query=queries(st.sampled_from(SOUGHT)),
    search=queries(st.sampled_from(SOUGHT)),
    filter=queries(st.sampled_from(PARTS)),
    keep=st.none() | st.integers(1, 15),
)
some = st.sets(st.sampled_from(list(View.__dataclass_fields__)), max_size=3)
asked = st.builds(lambda view, names: View(**{name: getattr(view, name) for name in names}), narrow, some)


def naive(items, view):
    """The ids that a view shows, by the words of its definition."""
    asked = [(parse(view.query), False), (parse(view.search), False), (parse(view.filter), True)]
    hidden = any(Flag("hidden") in conjuncts(tree) for tree, _ in asked)
    shown = []
    for item in items:
        kept = {**item, "read": False, "starred": True} if item["id"] == view.keep else item
        if (
            item["hidden"] == hidden
            and (not view.topic or view.topic in item["topics"])
            and (view.feed is None or view.feed == item["feed"])
            and (not view.unread or not kept["read"])
            and (not view.starred or kept["starred"])
            and (view.since is None or item["sort"] >= view.since)
            and all(_answers(tree, item, kept, headline=headline) for tree, headline in asked)
        ):
            shown.append((-item["sort"].timestamp(), -item["id"], item["id"]))
    return [number for *_, number in sorted(shown)]


def _filled(store, given_articles):
    """Store articles; return what is known of each."""
    names = ("The Wire", "Post X", "straße")
    feeds = [store.feeds.add(f"https://{n}.example/", title=name)[0] for n, name in enumerate(names)]
    tags = ((), ("Daily",), ("daily", "Far East"))
    for each, own in zip(feeds, tags, strict=True):
        store.feeds.tag(each.id, own)
    items = []
    for n, (feed, title, text, topics, age, *rest) in enumerate(given_articles):
        read, starred, author, lang, hidden = rest
        when = NOW - timedelta(hours=age)
        item = entry(n, title=" ".join(title), published=when, author=author, lang=lang)
        number = put(store, feeds[feed], item, topics=topics, text=" ".join(text)).new[0]
        if read:
            store.marks.read([number])
        if starred:
            store.marks.star([number])
        items.append(
            {
                "id": number,
                "feed": feeds[feed].id,
                "source": names[feed],
                "tags": tags[feed],
                "title": item.title,
                "text": " ".join(text),
                "topics": topics,
                "sort": when,
                "read": read,
                "starred": starred,
                "author": author,
                "lang": lang,
                "hidden": hidden,
            }
        )
    return items


def _answers(tree, item, kept, *, headline):
    """Tell whether an article answers a query; of the kept one no mark is required any more."""
    marks = (Flag("unread"), Flag("starred"))
    return all(
        shows(part, kept if part in marks else item, headline=headline and part not in marks)
        for part in conjuncts(tree)
    )


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.data_too_large])
@given(
    articles,
    asked,
    st.none() | st.integers(0, 5),
    st.sampled_from((0, 200)),
    st.sampled_from((0, 200)),
    st.sampled_from((0, 4, 1000)),
    st.integers(1, 9),
)
def test_ids_are_what_a_naive_filter_gives(given_articles, view, limit, probe, held, scan, window):
    with Store.open(":memory:") as store, pytest.MonkeyPatch.context() as patched:
        patched.setattr(views, "PROBE_MAX", probe)  # every way to the same list
        patched.setattr(views, "HELD_MAX", held)
        patched.setattr(views, "SCAN_SHARE", scan)
        patched.setattr(lists, "WINDOW", window)
        items = _filled(store, given_articles)
        store.hidden.put([item["id"] for item in items if item["hidden"]], 1, starred=True)
        view = replace(view, keep=None) if view.keep in [i["id"] for i in items if i["hidden"]] else view
        assert list(store.lists.ids(view, limit)) == naive(items, view)[:limit]
        everything = [item["id"] for item in items]
        assert set(store.lists.among(replace(view, keep=None), everything)) == set(
            naive(items, replace(view, keep=None))
        )
        unread = {item["id"] for item in items if not item["read"] and not item["hidden"]}
        shown = set(naive(items, replace(view, unread=True, keep=None)))
        assert set(store.marks.read_all(view)) == shown & unread


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.data_too_large])
@given(
    st.lists(ARTICLE, min_size=5, max_size=9),
    st.lists(
        st.tuples(queries(st.sampled_from(SOUGHT)), queries(st.sampled_from(PARTS))), min_size=25, max_size=25
    ),
)
def test_many_queries_over_the_same_articles(given_articles, asked_for):
    with Store.open(":memory:") as store:
        items = _filled(store, given_articles)
        store.hidden.put([item["id"] for item in items if item["hidden"]], 1, starred=True)
        for search, words in asked_for:
            for view in (View(search=search), View(query=search), View(filter=words)):
                assert list(store.lists.ids(view)) == naive(items, view), view
