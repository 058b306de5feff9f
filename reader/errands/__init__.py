"""Errands: what is fetched for the reader's eye beyond the feeds, an article's page or its pictures.

    errand | fetched by the fetcher's rules | read in the sandbox's process | told as an Answer

The desk runs them in a process of its own (`python -P -m reader.errands`, see `child`), commands in theirs.
"""

from __future__ import annotations

from reader.errands.values import Answer, Errand, answer_from_json, answer_to_json, errand

__all__ = ["Answer", "Errand", "answer_from_json", "answer_to_json", "errand"]
