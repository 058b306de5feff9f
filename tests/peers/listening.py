"""The desk, and what it says: `python -m tests.peers.listening LOG`, a line of JSON for each."""

import json
import sys
import traceback
from pathlib import Path

from reader.cli import main
from reader.tui.panes.footer import Footer


def listen(log):
    say = Footer.say

    def heard(footer, words, *, bad=False, **more):
        if footer.app._exit:  # the desk is closing: nobody sees it any more
            return
        with Path(log).open("a") as file:
            why = traceback.format_exc() if bad else ""
            file.write(json.dumps({"words": words, "bad": bad, "why": why}) + "\n")
        say(footer, words, bad=bad, **more)

    Footer.say = heard


if __name__ == "__main__":
    listen(sys.argv[1])
    sys.exit(main([]))
