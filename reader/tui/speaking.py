"""How what fails on a screen is told: in words, and the app goes on."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from reader.text import NewsreadError

P = ParamSpec("P")


class Speaker(Protocol):
    """A screen that can tell what went wrong."""

    @property
    def log(self) -> Callable[..., None]:
        """The log of the toolkit."""
        ...

    def complain(self, words: str) -> None:
        """Tell what went wrong."""
        ...


S = TypeVar("S", bound=Speaker)


def spoken(
    method: Callable[Concatenate[S, P], Awaitable[None]],
) -> Callable[Concatenate[S, P], Coroutine[Any, Any, None]]:
    """Make a screen's method say in words what fails in it, instead of ending the app."""

    @functools.wraps(method)
    async def guarded(self: S, /, *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            await method(self, *args, **kwargs)
        except NewsreadError as error:
            self.complain(str(error))
        except Exception as error:
            self.log(error)
            self.complain(f"that did not work ({type(error).__name__}); nothing was lost")

    return guarded
