"""newsread whose parser gets less time and memory than usual: `python -m tests.peers.narrow COMMAND ...`.

On a fast machine no body that is known takes the parser beyond its real limits.
"""

import sys

from reader.cli import main
from reader.sandbox import Sandbox

SECONDS, MEMORY = 2.0, 256 << 20

if __name__ == "__main__":
    Sandbox.__init__.__kwdefaults__.update(seconds=SECONDS, memory=MEMORY)
    sys.exit(main(sys.argv[1:]))
