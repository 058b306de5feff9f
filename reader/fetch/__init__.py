"""HTTP: one address -> its bytes, with limits, manners, and every failure in words.

httpx is imported when the first request is made, never before.
"""

from __future__ import annotations

from reader.fetch.body import TooLargeError
from reader.fetch.client import Fetched, Fetcher
from reader.fetch.words import FetchError

__all__ = ["FetchError", "Fetched", "Fetcher", "TooLargeError"]
