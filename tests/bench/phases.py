"""Feeds on loopback that change when told: `python -m tests.bench.phases FOLDER FEEDS`.

Feed N is the N-th file of FOLDER at an address of its own; when there are fewer, again from the first with
the items under other names. Two in three answer 304 to their ETag; the others, as many servers do, send the
same body again. `/phase/2` adds two items to four feeds in ten. Prints its port and serves until killed.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

ITEM = re.compile(rb"<(item|entry)[\s>].*?</\1>", re.DOTALL)
NAMES = re.compile(rb"(<(?:guid|id|link)\b[^>]*>[^<]*|<link\b[^>]*\bhref=[\"'][^\"']*)")
TITLE = re.compile(rb"<title[^>]*>")
CHANGED_OF_TEN = 4


class Site:
    """What is served, and how often it has changed."""

    def __init__(self, bodies: list[bytes], feeds: int) -> None:
        times = range(feeds)
        self.bodies = [again(bodies[number % len(bodies)], number // len(bodies)) for number in times]
        self.phase = 1

    def body(self, number: int) -> bytes:
        """Return a feed as it is now."""
        body = self.bodies[number]
        if number % 10 < CHANGED_OF_TEN:
            for phase in range(2, self.phase + 1):
                body = grown(body, phase)
        return body

    def answer(self, request: bytes) -> bytes:
        """Return the whole answer to a request."""
        path = request.split(b" ", 2)[1].strip(b"/")
        if path.startswith(b"phase/"):
            self.phase = int(path[6:])
            return b"HTTP/1.1 204 OK\r\nConnection: close\r\n\r\n"
        number = int(path.partition(b".")[0])
        changed = self.phase if number % 10 < CHANGED_OF_TEN else 1
        tag = f'"{number}-{changed}"'.encode()
        head = b"ETag: " + tag + b"\r\nConnection: close\r\n" if number % 3 else b"Connection: close\r\n"
        if number % 3 and b"if-none-match: " + tag in request.lower().replace(b'w/"', b'"'):
            return b"HTTP/1.1 304 Not Modified\r\n" + head + b"\r\n"
        body = self.body(number)
        return b"HTTP/1.1 200 OK\r\n" + head + f"Content-Length: {len(body)}\r\n\r\n".encode() + body


def again(body: bytes, time: int) -> bytes:
    """Return a feed as another feed would bring it: its items under other names."""
    mark = b"-again" + str(time).encode()
    return ITEM.sub(lambda item: NAMES.sub(lambda name: name[1] + mark, item[0]), body) if time else body


def grown(body: bytes, phase: int) -> bytes:
    """Return a feed with two more items: its first one, twice, under other names."""
    found = ITEM.search(body)
    if not found:
        return body
    new = b""
    for one in (b"a", b"b"):
        mark = b"-" + str(phase).encode() + one
        item = NAMES.sub(lambda name, mark=mark: name[1] + mark, found[0])
        new += TITLE.sub(lambda name, mark=mark: name[0] + b"New" + mark + b" ", item, count=1)
    return body[: found.start()] + new + body[found.start() :]


async def serve(site: Site) -> None:
    """Serve until killed."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(site.answer(await reader.readuntil(b"\r\n\r\n")))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


class Served:
    """The server from outside."""

    def __init__(self, port: int, feeds: int) -> None:
        self._root = f"http://127.0.0.1:{port}"
        self.addresses = [f"{self._root}/{number}.xml" for number in range(feeds)]

    def phase(self, number: int) -> None:
        """Let the feeds change."""
        with urlopen(f"{self._root}/phase/{number}"):
            pass


@contextmanager
def served(folder: Path, feeds: int) -> Iterator[Served]:
    """Serve the files of a folder in another process."""
    command = [sys.executable, "-m", "tests.bench.phases", str(folder), str(feeds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield Served(int(process.stdout.readline()), feeds)
        finally:
            process.kill()


if __name__ == "__main__":
    files = sorted(path for path in Path(sys.argv[1]).iterdir() if path.is_file())
    asyncio.run(serve(Site([path.read_bytes() for path in files], int(sys.argv[2]))))
