import pytest

from reader.store import Store


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
