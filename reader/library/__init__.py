"""The store and the engines together: what happens to entries on their way in, and what is asked later."""

from reader.library.asking import related, shown, ticker, top
from reader.library.ingesting import ingest
from reader.library.topics import retopic
from reader.library.upkeep import rebuild

__all__ = ["ingest", "rebuild", "related", "retopic", "shown", "ticker", "top"]
