"""Full texts for commands: fetched in this process, kept in the library."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.cli.output import Output, counted
from reader.config import Config
from reader.model import Article
from reader.text import NewsreadError

if TYPE_CHECKING:
    from reader.errands import Errand
    from reader.store import Store


def fetch(store: Store, config: Config, article: Article) -> None:
    """Fetch and keep an article's full text unless it is kept; show it from now on. Raises NewsreadError."""
    from reader.errands import wholes

    number = article.headline.id
    if not store.fulltexts.get(number):
        for error in _done(store, config, (wholes.asked(store, article),)):
            raise NewsreadError(f"no full text: {error}")
    store.fulltexts.show(number, shown=True)


def bring_wanted(store: Store, config: Config, out: Output, *, quiet: bool) -> None:
    """Fetch what is to be read whole, after a refresh; say what came of it."""
    from reader.errands import wholes

    errands = wholes.wanted(store, config, datetime.now(UTC))
    failed = _done(store, config, errands) if errands else []
    if out.json:
        return
    if failed:
        out.say(f"{counted(len(failed), 'full text')} could not be had: {failed[0]}")
    if len(errands) > len(failed) and not quiet:
        out.say(f"{counted(len(errands) - len(failed), 'full text')} kept")


def _done(store: Store, config: Config, errands: Sequence[Errand]) -> list[str]:
    """Do errands and keep what they bring; return the errors."""
    from reader.errands import running, wholes

    errors: list[str] = []

    async def follow() -> None:
        async with aclosing(running.run(errands, config)) as answers:
            async for answer in answers:
                wholes.keep(store, answer, datetime.now(UTC))
                if answer.error:
                    errors.append(answer.error)

    asyncio.run(follow())
    return errors
