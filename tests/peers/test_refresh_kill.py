"""A refresh that is killed at any moment leaves a sound library that holds all it has told of."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time

import pytest

from reader.model import View
from reader.store import Store
from tests.server import Reply, Server
from tests.test_refresh import feed

KILLS = int(os.environ.get("NEWSREAD_KILLS", "50"))
FEEDS, ITEMS = 80, 20


@pytest.fixture
def site():
    with Server() as server:
        for number in range(FEEDS):
            titles = [f"Budget {number} of {item}: what it says and who pays" for item in range(ITEMS)]
            server.routes[f"/{number}"] = Reply(feed(*titles))
        yield server


def refresh(path, config):
    """Start a refresh of everything."""
    places = ["--library", str(path), "--config", str(config)]
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "reader", "refresh", "--all", "--json", *places],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def killed(path, config, after):
    """Kill a refresh after so many seconds; returns the feeds that it said were stored."""
    process = refresh(path, config)
    killer = threading.Timer(after, process.send_signal, (signal.SIGKILL,))
    killer.start()
    said, _ = process.communicate()
    killer.cancel()
    whole = said[: said.rfind("\n") + 1].splitlines()
    return [line["feed"] for line in map(json.loads, whole) if not line["error"] and not line["busy"]]


def subscribed(path, site):
    """Make a library of the site's feeds."""
    with Store.open(path) as store:
        for number in range(FEEDS):
            store.feeds.add(site.url(f"/{number}"), local=True)


@pytest.mark.slow
def test_a_refresh_that_is_killed_loses_nothing_that_it_told_of(site, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text("[fetch]\nspacing = 0\n")
    chance = random.Random(20261123)
    survived = 0
    subscribed(tmp_path / "whole.db", site)
    began = time.perf_counter()
    refresh(tmp_path / "whole.db", config).communicate()
    whole = time.perf_counter() - began
    for kill in range(KILLS):
        path = tmp_path / f"{kill}.db"
        subscribed(path, site)
        told = killed(path, config, chance.uniform(0.2, 1.1) * whole)
        with Store.open(path) as store:
            assert store.problems() == (), kill
            feeds = {one.id: one for one in store.feeds.all()}
            assert all(feeds[number].total == ITEMS for number in told), kill
            assert all(one.total in (0, ITEMS) for one in feeds.values()), kill
            stored = sum(one.total for one in feeds.values())
            assert len(store.lists.ids(View())) == store.neighbours.total() == stored, kill
            survived += 0 < stored < FEEDS * ITEMS
        process = refresh(path, config)
        process.communicate()
        assert process.returncode == 0
        with Store.open(path) as store:
            assert len(store.lists.ids(View())) == FEEDS * ITEMS
    print(f"{KILLS} kills, {survived} of them in the middle of storing")
