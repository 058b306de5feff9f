"""A loopback web server whose answers each test writes itself, byte for byte where it wants to."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    path: str
    headers: dict[str, str]  # names in lower case


@dataclass(frozen=True)
class Reply:
    """A well-formed answer."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Answer = Reply | bytes | Iterable[bytes]
"""A Reply, or raw bytes (also piece by piece), status line and all. Then the connection is closed."""


class Server:
    """Answers on 127.0.0.1; `routes` maps a path to an Answer, or to a function from Asked to Answer."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.routes: dict[str, Answer | Callable[[Asked], Answer]] = {}
        self.hits: list[Asked] = []
        self.closing = threading.Event()
        self._http = _Listener(("127.0.0.1", 0), _handler(self))
        if tls:
            self._http.socket = tls.wrap_socket(self._http.socket, server_side=True)
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def port(self) -> int:
        return int(self._http.server_address[1])

    @property
    def endpoint(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.endpoint}{path}"

    def paths(self) -> list[str]:
        return [asked.path for asked in self.hits]

    def silence(self) -> Iterable[bytes]:
        """Say nothing more until the server closes."""
        self.closing.wait()
        yield b""

    def drip(self, body: bytes, seconds: float) -> Iterable[bytes]:
        """Send a byte at a time."""
        for byte in body:
            yield bytes([byte])
            self.closing.wait(seconds)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


class _Listener(ThreadingHTTPServer):
    request_queue_size = 512

    def handle_error(self, *_: object) -> None:
        """Say nothing of readers that hang up."""


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()})
            server.hits.append(asked)
            answer = server.routes.get(asked.path.partition("?")[0], Reply(status=404))
            if callable(answer):
                answer = answer(asked)
            self.close_connection = True
            try:
                for piece in _pieces(answer):
                    self.wfile.write(piece)
            except ConnectionError:
                pass  # the reader has had enough

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def _pieces(answer: Answer) -> Iterable[bytes]:
    if isinstance(answer, bytes):
        return [answer]
    if not isinstance(answer, Reply):
        return answer
    headers = {
        "Content-Length": str(len(answer.body)),
        "Content-Type": "application/rss+xml",
        **answer.headers,
    }
    lines = [f"HTTP/1.1 {answer.status} Said", *(f"{name}: {value}" for name, value in headers.items())]
    return ["\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + answer.body]
