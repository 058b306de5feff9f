import pytest

from reader.model import View
from reader.store import Store
from tests.store.shelf import entry, put


@pytest.fixture
def store():
    with Store.open(":memory:") as opened:
        yield opened


@pytest.fixture
def feed(store):
    return store.feeds.add("https://wire.example/feed", title="The Wire")[0]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "library.db"


@pytest.fixture
def news(store, feed):
    """Three feeds, thirty articles, two topics; the newest first."""
    others = [store.feeds.add(f"https://{name}.example/feed", title=name)[0] for name in ("Post", "Zeitung")]
    for place, one in enumerate((feed, *others)):
        for n in range(10):
            number = place + n * 3
            topics = [["World"], ["Sport", "World"], []][n % 3]
            put(store, one, entry(number), topics=topics, text="budget" if n % 2 else "match")
    return list(store.lists.ids(View()))
