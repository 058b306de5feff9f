"""Feeds that eat time and memory amid a refresh: they fail in words, all others arrive, the desk listens.

    pytest -m slow -s tests/peers/test_isolation.py

The eaters are bodies over which a parser as it comes would work for minutes or take gigabytes; to ours
they are so harmless that it is given less time and memory than usual where it is to be stopped.
"""

import json
import statistics
import sys
from time import perf_counter

import pytest

from reader.store import Store
from tests.peers.narrow import SECONDS
from tests.peers.soundness import finished, helper, newsread, sound
from tests.server import Reply, Server
from tests.terminal import Terminal
from tests.test_refresh import feed

FEEDS, ITEMS = 20, 30
LAG_MAX = 100.0  # ms
HEAD = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>Big</title><item><title>x</title><description>'
)
BILLION = (
    b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a0 'ha'>"
    + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]><rss version='2.0'><channel><title>&a9;</title></channel></rss>"
)
EATERS = {
    "/tags": HEAD + b"<a " * 340_000,
    "/names": HEAD + b"<a:b " * 200_000,
    "/objects": b'{"version":"https://jsonfeed.org/version/1.1","items":['
    + b'{"":{}},' * 2_000_000
    + b"{}]}",
    "/lists": b'{"version":"https://jsonfeed.org/version/1.1","items":' + b"[" * 8_000_000,
    "/laughs": BILLION,
    "/zeros": b"\0" * 15_000_000,
}
GIVEN_UP = "was given up"

pytestmark = pytest.mark.slow


@pytest.fixture
def site(tmp_path):
    """A library whose eaters stand between honest feeds, and its config."""
    path, config = tmp_path / "library.db", tmp_path / "config.toml"
    config.write_text("[fetch]\nspacing = 0\nprivate = true\n[refresh]\non_start = false\n")
    with Server() as server, Store.open(path) as store:
        for number in range(FEEDS):
            titles = [f"Budget {number} of {item}: what it says" for item in range(ITEMS)]
            server.routes[f"/{number}"] = Reply(feed(*titles))
        server.routes |= {name: Reply(body) for name, body in EATERS.items()}
        names = [f"/{number}" for number in range(FEEDS)]
        for place, name in enumerate(EATERS):
            names.insert(3 * place + 1, name)
        for name in names:
            store.feeds.add(server.url(name), local=True)
        store.close()
        yield path, config


def arrived(path):
    """Assert that every honest feed is there and every eater failed in words; return the latter."""
    with Store.open(path) as store:
        sound(store)
        feeds = {"/" + feed.url.rsplit("/", 1)[1]: feed for feed in store.feeds.all()}
    for number in range(FEEDS):
        assert (feeds[f"/{number}"].total, feeds[f"/{number}"].error) == (ITEMS, "")
    return {name: feeds[name].error for name in EATERS}


def test_eaters_are_given_up_and_all_others_arrive(site):
    path, config = site
    began = perf_counter()
    words = newsread(path, "refresh", "--all", config=config)[4:]
    code, _, said = finished(helper("narrow", *words))
    took = perf_counter() - began
    errors = arrived(path)
    print(
        f"\n{took:.0f} seconds", *(f"{name}: {error or 'read'}" for name, error in errors.items()), sep="\n  "
    )
    assert code == 3, said
    assert "Traceback" not in said
    assert {name for name, error in errors.items() if GIVEN_UP in error} >= {"/tags", "/objects"}
    assert took < 5 * SECONDS * len(EATERS)


def test_the_desk_listens_meanwhile(site, tmp_path):
    path, config = site
    result = tmp_path / "lag.json"
    command = [sys.executable, "-m", "tests.bench.lag", str(path), str(result)]
    with Terminal(command, env={"NEWSREAD_LIBRARY": str(path), "NEWSREAD_CONFIG": str(config)}) as desk:
        while not desk.ended and not result.exists():
            desk.pump(0.5)
        desk.quiet(0.5)
    told = json.loads(result.read_text())
    arrived(path)
    for name in ("calm", "busy"):
        lags = sorted(told[name])
        at = statistics.quantiles(lags, n=100)
        print(f"\n{name}: lag p50 {at[49]:.1f} ms, p99 {at[98]:.1f}, longest {lags[-1]:.1f} of {len(lags)}")
    print(f"refresh of {told['seconds']:.0f} s, {told['new']} new articles")
    assert told["new"] >= FEEDS * ITEMS
    assert max(told["busy"]) < LAG_MAX
