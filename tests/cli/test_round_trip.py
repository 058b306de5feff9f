"""Subscriptions in, out and in again: nothing is lost, and what is refused is listed."""

import random
from xml.sax.saxutils import quoteattr

import pytest

from reader.opml import OpmlError, read
from reader.store import Store
from tests.shared import SHARED, shared

LISTS = sorted(path.name for path in (SHARED / "migrate").glob("*.opml")) or ["*.opml"]
WORDS = [
    "World",
    "Asia & Pacific",
    "日本",
    "a/b",
    "“quoted”",
    "<tag>",
    "Ünï",
    "news",
    "x" * 60,
    "1 < 2",
    "&amp;",
    "'",
]
SEEDS = range(6)


def nest(chance, depth=0):
    """Return outlines in outlines: folders, feeds with and without title, site and type, odd words."""
    parts = []
    for _ in range(chance.randint(1, 4)):
        word = f"{chance.choice(WORDS)} {chance.randint(0, 99)}"
        if depth < 5 and chance.random() < 0.5:
            parts.append(f"<outline text={quoteattr(word)}>{nest(chance, depth + 1)}</outline>")
            continue
        url = f"https://s{chance.randint(0, 999_999)}.example/f?a=1&b={chance.choice(['x', 'é', '%20'])}"
        attributes = {chance.choice(["xmlUrl", "XMLURL", "xmlurl"]): url}
        if chance.random() < 0.8:
            attributes[chance.choice(["text", "title", "TITLE"])] = word
        if chance.random() < 0.5:
            attributes["htmlUrl"] = "https://site.example/" + chance.choice(["", "a b", "ü"])
        if chance.random() < 0.5:
            attributes["type"] = "rss"
        if chance.random() < 0.5:
            attributes["category"] = ",".join(chance.sample(["", *WORDS], 3))
        parts.append(
            f"<outline {' '.join(f'{name}={quoteattr(value)}' for name, value in attributes.items())}/>"
        )
    if chance.random() < 0.3:
        parts.append('<outline text="bad" xmlUrl="javascript:alert(1)"/><outline text="c" xmlUrl="|ls"/>')
    return "".join(parts)


def there_and_back(newsread, home, body):
    """Import a list, export it, import that into another library; check all and return what was listed."""
    listed = read(body, files=True)
    (home / "in.opml").write_bytes(body)
    exports = []
    for number, name in enumerate(("in.opml", "out-0.opml")):
        library = home / f"{number}.db"
        ran = newsread("--library", library, "import", "--private", name)
        assert ran.code == (3 if number == 0 and (listed.refused or listed.damage) else 0)
        said = " ".join(ran.err.split())
        for refused in listed.refused if number == 0 else ():
            assert f"refused: {refused.text}: {refused.reason}" in said
        if number:
            assert "refused" not in said
            assert f"{len(listed.subscriptions)} added, 0 already there" in said
        with Store.open(library) as store:
            found = {feed.url: (feed.topic, feed.site, feed.tags) for feed in store.feeds.all()}
            names = {feed.url: store.feeds.own_name(feed.id) for feed in store.feeds.all()}
        assert found == {item.url: (item.topic, item.site, item.tags) for item in listed.subscriptions}
        assert names == {item.url: item.title for item in listed.subscriptions}
        assert newsread("--library", library, "export", f"out-{number}.opml").code == 0
        exports.append((home / f"out-{number}.opml").read_bytes())
    assert exports[0] == exports[1]
    again = read(exports[1], files=True)
    assert (again.refused, again.repeated, again.damage) == ((), 0, "")
    assert set(again.subscriptions) == set(listed.subscriptions)
    return listed


@pytest.mark.parametrize("name", LISTS)
def test_lists_of_other_readers_come_and_go_without_loss(newsread, home, name):
    body = (shared("migrate") / name).read_bytes()  # skips where there is no such folder
    try:
        read(body, files=True)
    except OpmlError as error:
        why = str(error)
    else:
        assert there_and_back(newsread, home, body).subscriptions
        return
    (home / "in.opml").write_bytes(body)
    ran = newsread("import", "in.opml")
    assert ran.code == 1
    assert why in ran.err


@pytest.mark.parametrize("seed", SEEDS)
def test_nests_come_and_go_without_loss(newsread, home, seed):
    chance = random.Random(seed)
    version = chance.choice(["1.0", "2.0"])
    made = f'<?xml version="1.0"?><opml version="{version}"><body>{nest(chance)}</body></opml>'
    there_and_back(newsread, home, made.encode())


def test_the_nests_hold_what_they_should(newsread, home):
    lists = [read(f"<opml><body>{nest(random.Random(seed))}</body></opml>".encode()) for seed in SEEDS]
    feeds = [item for listed in lists for item in listed.subscriptions]
    assert any(item.topic.count("/") > 2 for item in feeds)
    assert any(not item.title for item in feeds)
    assert any(item.site for item in feeds)
    assert any(listed.refused for listed in lists)
