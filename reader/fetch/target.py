"""What to ask and whom: an address taken apart, and where a redirect leads. Pure."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import field
from urllib.parse import unquote_to_bytes, urlsplit

from reader.fetch.words import FetchError
from reader.records import dataclass
from reader.text import address, one_line

_SHOWN_MAX = 80
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address to ask. The login is no part of `url` and is never printed."""

    url: str  # canonical, without login and fragment
    scheme: str
    host: str  # a name or an IP literal without brackets
    port: int
    path: str  # with the query
    login: str = field(default="", repr=False)  # an Authorization header

    @property
    def origin(self) -> tuple[str, str, int]:
        """Whom a login belongs to."""
        return self.scheme, self.host, self.port

    @property
    def named(self) -> str:
        """The host as the Host header names it."""
        host = bracketed(self.host)
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def target(url: str) -> Target:
    """Take an address apart; raises FetchError for what is no http(s) address."""
    url, login = _without_login(url)
    clean = address(url).partition("#")[0]
    if not clean:
        raise FetchError(f"{_shown(url)} is no web address: it begins with http:// or https://")
    parts = urlsplit(clean)
    return Target(
        url=clean,
        scheme=parts.scheme,
        host=parts.hostname or "",
        port=parts.port or _PORTS[parts.scheme],
        path=clean[len(parts.scheme) + 3 + len(parts.netloc) :],
        login=login,
    )


def redirected(at: Target, location: str) -> Target:
    """Return where a Location header leads; raises FetchError where newsread does not follow."""
    if not location.strip():
        raise FetchError("the address redirects without saying where to: check it")
    url = address(location, base=at.url)
    if not url:
        raise FetchError(f"the address redirects to {_shown(location)}, which newsread does not follow")
    goal = target(url)
    if at.scheme == "https" and goal.scheme == "http":
        raise FetchError(
            f"the address redirects from https to plain http ({goal.host}), where others can listen: "
            "newsread does not follow"
        )
    return goal


def bracketed(host: str) -> str:
    """Return a host as an address writes it: IPv6 literals in brackets."""
    return f"[{host}]" if ":" in host else host


def _shown(url: str) -> str:
    """Return an address as an error repeats it: clean, short, and without a password."""
    return one_line(_without_login(url)[0], _SHOWN_MAX) or "nothing"


def _without_login(url: str) -> tuple[str, str]:
    """Return an address without `user:password@`, and the Authorization header made of that."""
    scheme, separator, rest = url.partition("://")
    authority = rest
    for end in "/?#\\":
        authority = authority.partition(end)[0]
    login, at, host = authority.rpartition("@")
    if not at:
        return url, ""
    user, _, password = login.partition(":")
    secret = unquote_to_bytes(user) + b":" + unquote_to_bytes(password)
    return scheme + separator + host + rest[len(authority) :], f"Basic {b64encode(secret).decode()}"
