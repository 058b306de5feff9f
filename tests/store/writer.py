"""A newsread that stores and stores, in a process of its own: `writer.py LIBRARY NAME BATCHES`.

Prints the number of articles stored after each batch, once it is committed.
"""

import sys
from dataclasses import replace

from reader.model import Evidence, Mention, View
from reader.store import Store
from tests.store.shelf import NOW, entry

SIZE = 20


def main(path, name, batches):
    with Store.open(path) as store:
        feed = store.feeds.add(f"https://{name}.example/feed")[0]
        done = feed.total
        for _ in range(int(batches)):
            with store.transaction():
                entries = [
                    entry(n, title=f"{name} {n}", html="word " * 400) for n in range(done, done + SIZE)
                ]
                rows = store.articles.sift(feed.id, entries)
                rows = [
                    replace(
                        row, text="budget " * 100, topics=(Evidence("World", "test"),), terms=("budget", name)
                    )
                    for row in rows
                ]
                store.articles.save(feed.id, rows, NOW)
                store.mentions.put(feed.id, [Mention(f"{name} named {done}")], NOW)
            store.marks.read(store.lists.ids(View(feed=feed.id), 3))
            done += SIZE
            print(done, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
