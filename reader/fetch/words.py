"""What went wrong with a request, in one line that says what to do."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from datetime import datetime

from reader.text import NewsreadError, one_line

DETAIL_MAX = 120
"""Characters that are repeated of what a server or a library says."""


class FetchError(NewsreadError):
    """An address could not be fetched."""

    def __init__(
        self, words: str, *, status: int = 0, gone: bool = False, retry_after: datetime | None = None
    ) -> None:
        super().__init__(one_line(words))
        self.status = status
        """The HTTP status that was the reason, 0 when there was none."""
        self.gone = gone
        """Whether the server says that the address is gone for good."""
        self.retry_after = retry_after
        """The time before which the server does not want to be asked again."""


_STATUS = {
    204: "the server sent nothing (204): it may not be a feed; check the address",
    206: "the server sent only a part of the feed (206): try again later",
    300: "the server offers several documents here (300): add the address of one of them",
    304: "the server says 'not changed' (304), but newsread has nothing of it yet: it asks anew next time",
    400: "the server does not accept this address (400): check it",
    401: "a login is needed here (401), and newsread has none: look for the feed's public address",
    402: "the site wants payment for this feed (402): look for its public address",
    403: "the server refuses to give this feed (403): see whether a browser may open it",
    404: "there is nothing at this address (404): check it, or look on the site for the new one",
    405: "this address cannot be read (405): check it",
    406: "the server has no feed to offer here (406): check the address",
    407: "the proxy wants a login (407): put it into the proxy's address in the environment",
    410: "the feed is gone for good (410): look on the site for another",
    421: "the server does not feel responsible for this address (421): check it",
    429: "the server was asked too often (429): leave it alone for a while",
    451: "the server may not give this feed for legal reasons (451)",
}
_NAMES = {
    socket.EAI_AGAIN: "the name of {host} could not be looked up: check the network connection",
    socket.EAI_FAIL: "the name of {host} could not be looked up: check the network connection",
}
_REACH = {
    errno.ECONNREFUSED: "nothing answers at {host} (connection refused): check the address",
    errno.EHOSTUNREACH: "there is no way to {host}: check the network connection",
    errno.ENETUNREACH: "there is no way to {host}: check the network connection",
    errno.ENETDOWN: "there is no way to {host}: check the network connection",
    errno.ECONNRESET: "{host} broke the connection off: try again later",
    errno.EPIPE: "{host} broke the connection off: try again later",
    errno.EMFILE: "too many files are open: set `connections` lower in the config",
}


def status(code: int) -> str:
    """Return what an HTTP status other than success means for the reader."""
    if words := _STATUS.get(code):
        return words
    if 500 <= code <= 599:
        return f"the server is in trouble ({code}): try again later"
    if 400 <= code <= 499:
        return f"the server refuses this address ({code}): check it"
    return f"the server answered in a way that newsread does not know ({code}): check the address"


def failure(error: BaseException, host: str) -> str:
    """Return the words for an exception of the network or the HTTP library; `host` as the user knows it."""
    for cause in _causes(error):
        if words := _system(cause, host):
            return words
    return _protocol(error, host)


def _system(cause: BaseException, host: str) -> str:
    """Return the words for what TLS, name service or operating system say, "" for anything else."""
    if isinstance(cause, ssl.SSLCertVerificationError):
        why = one_line(cause.verify_message, DETAIL_MAX)
        return f"the certificate of {host} cannot be trusted ({why}): check the address and the clock"
    if isinstance(cause, ssl.SSLError):
        why = one_line(cause.reason or "TLS error", DETAIL_MAX).lower().replace("_", " ")
        return f"there is no secure connection to {host} ({why}): check the address"
    if isinstance(cause, socket.gaierror):
        unknown = "there is no host named {host}: check the address"
        return _NAMES.get(cause.errno or 0, unknown).format(host=host)
    if isinstance(cause, OSError):
        return _REACH.get(cause.errno or 0, "").format(host=host)
    return ""


def _protocol(error: BaseException, host: str) -> str:
    """Return the words for an error of the HTTP library."""
    import httpx

    kinds: tuple[tuple[type[Exception], str], ...] = (
        (httpx.ConnectTimeout, f"{host} does not answer: try again later"),
        (httpx.TimeoutException, f"{host} fell silent before its answer was complete: try again later"),
        (
            httpx.ProxyError,
            f"the proxy named in the environment refuses ({one_line(str(error), DETAIL_MAX)}): check it",
        ),
        (httpx.ProtocolError, f"{host} does not answer as a web server should: check the address"),
        (httpx.NetworkError, f"the connection to {host} broke: try again later"),
    )
    other = f"{host} could not be read ({type(error).__name__}): check the address"
    return next((words for kind, words in kinds if isinstance(error, kind)), other)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and all that led to it, the outermost first."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop(0)
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        if isinstance(one, BaseExceptionGroup):
            waiting.extend(one.exceptions)
        waiting += [one.__cause__, one.__context__]
