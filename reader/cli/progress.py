"""Progress bars; the only part of the command line that uses rich."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from reader.model import Refreshed


@contextmanager
def bar(total: int) -> Iterator[Callable[[Refreshed], None]]:
    """Show feeds done, new articles and failures on stderr until the context ends; numbers only."""
    columns = (
        TextColumn("refresh", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[new]} new, {task.fields[failed]} failed", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total, new=0, failed=0)
        new = failed = 0

        def step(result: Refreshed) -> None:
            nonlocal new, failed
            new += result.new
            failed += bool(result.error)
            progress.update(task, advance=1, new=new, failed=failed)

        yield step


@contextmanager
def counter(name: str) -> Iterator[Callable[[int, int], None]]:
    """Show how much is done of how much on stderr until the context ends."""
    columns = (
        TextColumn(name, markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)

        def step(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        yield step
