"""Opens a library, which migrates it: `python -m tests.peers.opening LIBRARY` says `ready`, then `done`."""

import sys

from reader.store import Store


def main(path):
    print("ready", flush=True)
    with Store.open(path):
        print("done", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
