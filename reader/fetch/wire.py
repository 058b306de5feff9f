"""The HTTP library: one request to one of a host's approved addresses, or to the user's proxy.

Imported when the first request is made: the only module that imports httpx at its head.
"""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Sequence
from urllib.request import getproxies, proxy_bypass

import httpx

from reader.fetch.target import Target, bracketed
from reader.fetch.words import FetchError

TRY = 2.0
"""Seconds for each address of a host but the last: a dead IPv6 route must not eat the whole time."""

Headers = list[tuple[bytes, bytes]]


class Wire:
    """Open connections, one for each request.

    httpx's transport without its client: no cookies, no .netrc, no redirects of its own, no log lines with
    addresses in them.
    """

    def __init__(self, connections: int) -> None:
        self._limits = httpx.Limits(max_connections=connections, max_keepalive_connections=0)
        self._proxies = getproxies()
        self._transports: dict[tuple[str, str], httpx.AsyncHTTPTransport] = {}

    def proxy(self, target: Target) -> str:
        """Return the proxy that the user's environment names for a target, "" for none."""
        found = self._proxies.get(target.scheme) or self._proxies.get("all") or ""
        if not found or proxy_bypass(target.named):
            return ""
        return found if "://" in found else f"http://{found}"

    async def open(
        self, target: Target, addresses: Sequence[str], headers: Headers, *, connect: float, read: float
    ) -> httpx.Response:
        """Send a request to the first address that answers (to the proxy if there is none), open its answer.

        The connection goes to that very address, while the Host header and TLS keep the host's name. Times
        are in seconds. Raises httpx's errors.
        """
        transport = self._transport(target, "" if addresses else self.proxy(target))
        *others, last = addresses or [target.host]
        for host in others:
            request = _request(target, host, headers, min(TRY, connect), read)
            with contextlib.suppress(httpx.ConnectError, httpx.ConnectTimeout):
                return await transport.handle_async_request(request)
        return await transport.handle_async_request(_request(target, last, headers, connect, read))

    async def close(self) -> None:
        """Close what is open."""
        for transport in self._transports.values():
            await transport.aclose()

    def _transport(self, target: Target, proxy: str) -> httpx.AsyncHTTPTransport:
        key = (target.scheme, proxy)
        if key not in self._transports:
            try:
                self._transports[key] = httpx.AsyncHTTPTransport(
                    # Reading all authorities takes 20 ms: only when there is something to check.
                    verify=httpx.create_ssl_context() if target.scheme == "https" else _no_authorities(),
                    limits=self._limits,
                    proxy=proxy or None,
                )
            except (ImportError, ValueError, httpx.InvalidURL) as error:
                raise FetchError(
                    "the proxy named in the environment cannot be used: it must be an http:// or https:// one"
                ) from error
        return self._transports[key]


def _request(target: Target, host: str, headers: Headers, connect: float, read: float) -> httpx.Request:
    """Return a request that goes to `host` (an IP address of the target's host, or its name for a proxy)."""
    return httpx.Request(
        "GET",
        f"{target.scheme}://{bracketed(host)}:{target.port}{target.path}",
        headers=headers,
        extensions={
            "sni_hostname": target.host,
            "timeout": {"connect": connect, "read": read, "write": read},
        },
    )


def _no_authorities() -> ssl.SSLContext:
    """Return a TLS context that trusts nobody, for connections without TLS."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
