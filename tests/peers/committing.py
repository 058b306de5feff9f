"""Commits again and again and is then killed: `python -m tests.peers.committing LIBRARY ROUNDS CHECKPOINT`.

After each commit it prints a digest of all that the library holds, so that a torn log can be told to have
left exactly one of these states. In the round CHECKPOINT (-1: never) the log is written back, so that the
next commit begins it anew over the old one.
"""

import hashlib
import random
import sys
import time

from reader.model import View
from reader.store import Store
from tests.peers.soundness import fill

TABLES = ("feed", "article", "content", "item", "state", "topic", "article_topic", "vector", "counter")


def digest(store):
    """Return what tells one state of a library from another."""
    found = hashlib.blake2b(digest_size=16)
    for table in TABLES:
        for row in store.db.rows(f"SELECT * FROM {table} ORDER BY 1, 2"):
            found.update(repr(row).encode())
    return found.hexdigest()


def main(path, rounds, checkpoint):
    chance = random.Random(path)
    with Store.open(path) as store:
        store.db.run("PRAGMA wal_autocheckpoint = 0")
        print(digest(store), flush=True)
        for round_ in range(int(rounds)):
            if round_ == int(checkpoint):
                store.db.run("PRAGMA wal_checkpoint(PASSIVE)")
            act = chance.randrange(4)
            if act == 0:
                with store.transaction():
                    fill(store, 1 + round_, chance.randint(1, 30))
            elif act == 1:
                store.marks.read(chance.sample(store.lists.ids(View()), 20))
            elif act == 2:
                store.marks.star(chance.sample(store.lists.ids(View()), 5))
            else:
                store.feeds.rename(1, f"Name {round_}")
            print(digest(store), flush=True)
        print("end", flush=True)
        time.sleep(600)  # to be killed: closing would write the log back


if __name__ == "__main__":
    main(*sys.argv[1:])
