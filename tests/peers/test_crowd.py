"""Two desks, refreshes and command lines at once on one library: no error is shown, all counts agree.

    NEWSREAD_CROWD=600 pytest -m slow -s tests/peers/test_crowd.py          (20 seconds without the variable)

The desks are real ones on pseudo-terminals, with keys pressed at random; what they say is recorded.
"""

import json
import os
import random
import re
import sys
import threading
import time
from collections import Counter

import pytest

from reader.store import Store
from tests.peers.soundness import finished, newsread, sound
from tests.server import Reply, Server
from tests.terminal import Terminal

SECONDS = float(os.environ.get("NEWSREAD_CROWD", "20"))
FEEDS = 20
KEYS = ["j"] * 8 + ["k", "n", "N", "m", "m", "s", "u", "M", "A", "\r", "J", "K", "R", "r", "p", "p", "v", "v"]
KEYS += ["G", "g", "e", "S", "S", "\t", "\t", "i", "i", "T", "T", "z", "z", " ", "/budget\r", "\x1b", "\x1b"]
TRUE = {"this article is no longer in the library"}  # its feed was unsubscribed by another

pytestmark = pytest.mark.slow


class Site:
    """Feeds that get a new item each so often, all of whose items are shown."""

    def __init__(self, server):
        self.began = time.monotonic()
        self.counts = [0] * FEEDS
        for number in range(FEEDS):
            server.routes[f"/{number}"] = lambda asked, number=number: Reply(self.body(number))
        server.routes["/extra"] = lambda asked: Reply(self.body(0))

    def body(self, number):
        """Return a feed as it is now: ever longer, its newest first."""
        passed = time.monotonic() - self.began
        self.counts[number] = max(self.counts[number], 10 + int(passed / (3 + number / 5)))
        items = (
            f"<item><title>Budget {number}-{n} is read in the house</title><guid>{number}-{n}</guid>"
            f"<description>What the minister says of {n} and of day {number}.</description></item>"
            for n in reversed(range(self.counts[number]))
        )
        return (
            f"<rss version='2.0'><channel><title>Site {number}</title>{''.join(items)}</channel></rss>"
        ).encode()


class Screen(Terminal):
    """A desk on a terminal that can wait for it to end."""

    def rest(self, seconds):
        """Read what it writes for a time, or until it ends."""
        end = time.monotonic() + seconds
        while not self.ended and (left := end - time.monotonic()) > 0:
            self.pump(left)


class Crowd:
    """Everybody at once, until the time is over; `wrong` has what should not have been said."""

    def __init__(self, path, config, site, server):
        self.path, self.config, self.site, self.server = path, config, site, server
        self.end = time.monotonic() + SECONDS
        self.wrong = []
        self.done = Counter()

    def over(self):
        return time.monotonic() > self.end

    def run(self, *words, fine=(0,)):
        """Run a command; an exit code that is not fine, or words of an error, are wrong."""
        code, lines, said = finished(newsread(self.path, *map(str, words), config=self.config))
        self.done[words[0]] += 1
        if code not in fine or "newsread: " in said:
            self.wrong.append((words, code, said))
        return lines

    def refreshes(self):
        while not self.over():
            self.run("refresh", "--all")

    def commands(self, seed):
        chance = random.Random(seed)
        while not self.over():
            listed = map(json.loads, self.run("list", "--json", "--limit", 40))
            staying = [one["id"] for one in listed if one["feed"] <= FEEDS]
            if not staying:
                continue
            some = chance.choice(staying)
            for words in chance.sample(self.choices(some), 5):
                self.run(*words)

    def choices(self, some):
        return [
            ("feeds",),
            ("topics",),
            ("search", "budget"),
            ("list", "--unread"),
            ("list", "--top"),
            ("show", some),
            ("related", some),
            ("story", some),
            ("topic", "set", "World", some),
            ("topic", "auto", some),
            ("export",),
            ("doctor",),
            ("doctor", "--rebuild"),
        ]

    def comings(self):
        """Subscribe and unsubscribe again."""
        while not self.over():
            self.run("add", self.server.url("/extra"))
            self.run("remove", self.server.url("/extra"))

    def desk(self, seed, log):
        """Press keys at random; open the desk again when it was left."""
        chance = random.Random(seed)
        env = {"NEWSREAD_LIBRARY": str(self.path), "NEWSREAD_CONFIG": str(self.config)}
        env["NEWSREAD_DEBUG"] = "1"  # a fault shows where it was
        command = [sys.executable, "-m", "tests.peers.listening", str(log)]
        while not self.over():
            with Screen(command, env=env) as desk:
                for _ in range(chance.randint(100, 400)):
                    if desk.ended or self.over():
                        break
                    desk.press(chance.choice(KEYS))
                    self.done["keys"] += 1
                    desk.pump(chance.uniform(0.02, 0.3))
                limit = time.monotonic() + 60
                while not desk.ended and time.monotonic() < limit:
                    desk.press("\x1b")  # out of whatever is open
                    desk.rest(0.3)
                    desk.press("Q")
                    desk.rest(1.5)
                if (status := desk.kill()) != 0:
                    last = bytes(desk.raw[-20_000:]).decode("utf-8", "replace")
                    self.wrong.append(("desk", status, re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", last)[-4_000:]))
            self.done["desks"] += 1


def test_a_crowd_on_one_library(tmp_path):
    path, config = tmp_path / "library.db", tmp_path / "config.toml"
    config.write_text('[fetch]\nspacing = 0\nprivate = true\n[reading]\nfulltext_starred = "never"\n')
    logs = [tmp_path / "one.log", tmp_path / "two.log"]
    with Server() as server:
        site = Site(server)
        with Store.open(path) as store:
            for number in range(FEEDS):
                store.feeds.add(server.url(f"/{number}"), local=True)
        crowd = Crowd(path, config, site, server)
        crowd.run("refresh", "--all")
        work = [
            (crowd.refreshes,),
            (crowd.commands, 1),
            (crowd.comings,),
            (crowd.desk, 2, logs[0]),
            (crowd.desk, 3, logs[1]),
        ]
        threads = [threading.Thread(target=method, args=more) for method, *more in work]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        crowd.run("refresh", "--all")
        counts = tuple(site.counts)
    said = [json.loads(line) for log in logs for line in log.read_text().splitlines()]
    for wrong in crowd.wrong:
        print(wrong)
    assert crowd.wrong == []
    errors = [(one["words"], one["why"]) for one in said if one["bad"] and one["words"] not in TRUE]
    for error in errors:
        print(*error)
    assert errors == []
    with Store.open(path) as store:
        sound(store)
        feeds = {feed.url.rsplit("/", 1)[1]: feed for feed in store.feeds.all()}
        assert {name: feed.total for name, feed in feeds.items()} == {
            str(number): count for number, count in enumerate(counts)
        }
        assert not any(feed.error for feed in feeds.values())
        total = store.lists.counts().total
    print(f"\n{SECONDS:g} seconds: {dict(crowd.done)}, {len(said)} words said, {total} articles in the end")
