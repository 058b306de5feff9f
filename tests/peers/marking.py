"""Marks everything read, feed after feed: `python -m tests.peers.marking LIBRARY`.

Prints a feed's number once its marks are on disk, as the desk says "marked" then; a line `ready` before.
"""

import sys

from reader.model import View
from reader.store import Store


def main(path):
    with Store.open(path) as store:
        feeds = sorted(feed.id for feed in store.feeds.all())
        print("ready", flush=True)
        for feed in feeds:
            store.marks.read_all(View(feed=feed))
            print(feed, flush=True)
        store.marks.read_all(View())


if __name__ == "__main__":
    main(*sys.argv[1:])
