"""A refresh that is killed at any moment leaves a sound library that holds all it has told of.

pytest -m slow -s tests/peers/test_refresh_kill.py      (NEWSREAD_KILLS=10 for a shorter one)
"""

import os
import random

import pytest

from reader.model import View
from reader.store import Store
from tests.peers.soundness import Tally, finished, killed, newsread, records, seconds, sound
from tests.server import Reply, Server
from tests.test_refresh import feed

KILLS = int(os.environ.get("NEWSREAD_KILLS", "60"))
FEEDS, ITEMS = 80, 20


@pytest.fixture
def site():
    with Server() as server:
        for number in range(FEEDS):
            titles = [f"Budget {number} of {item}: what it says and who pays" for item in range(ITEMS)]
            server.routes[f"/{number}"] = Reply(feed(*titles))
        yield server


def refresh(path, config):
    """Return the command that refreshes everything."""
    return newsread(path, "refresh", "--all", "--json", config=config)


def subscribed(path, site):
    """Make a library of the site's feeds."""
    with Store.open(path) as store:
        for number in range(FEEDS):
            store.feeds.add(site.url(f"/{number}"), local=True)


@pytest.mark.slow
def test_a_refresh_that_is_killed_loses_nothing_that_it_told_of(site, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text("[fetch]\nspacing = 0\n")
    chance, tally = random.Random(20261123), Tally("refresh")
    subscribed(tmp_path / "whole.db", site)
    whole = seconds(lambda: finished(refresh(tmp_path / "whole.db", config)))
    for kill in range(KILLS):
        path = tmp_path / f"{kill}.db"
        subscribed(path, site)
        lines, _ = killed(refresh(path, config), chance.uniform(0.2, 1.0) * whole)
        told = [line["feed"] for line in records(lines) if not line["error"] and not line["busy"]]
        with Store.open(path) as store:
            sound(store)
            feeds = {one.id: one for one in store.feeds.all()}
            assert all(feeds[number].total == ITEMS for number in told), kill
            assert all(one.total in (0, ITEMS) for one in feeds.values()), kill
            stored = sum(one.total for one in feeds.values())
            assert len(store.lists.ids(View())) == store.neighbours.total() == stored, kill
            tally.told(within=0 < stored < FEEDS * ITEMS)
        code, _, words = finished(refresh(path, config))
        assert code == 0, words
        with Store.open(path) as store:
            sound(store)
            assert len(store.lists.ids(View())) == FEEDS * ITEMS
    tally.show()
