"""The desk's errand boy: `python -P -m reader.errands CONFIG`, errands on standard input, answers out."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from reader.config import Config, load
from reader.errands.running import run
from reader.errands.values import Errand, answer_to_json, errands_from_json


async def serve(config: Config, errands: tuple[Errand, ...]) -> None:
    """Do errands, print an answer a line as they come."""
    async for answer in run(errands, config):
        sys.stdout.write(answer_to_json(answer) + "\n")
        sys.stdout.flush()


def main() -> None:
    """Do the errands of standard input."""
    path = Path(sys.argv[1])
    config = load(path if path.exists() else None)
    asyncio.run(serve(config, errands_from_json(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
