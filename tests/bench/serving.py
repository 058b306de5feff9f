"""Feeds on loopback: `python -m tests.bench.serving [FEEDS] [ITEMS]` prints its port and serves until killed.

`/N.xml` is feed N: RSS 2.0 with whole articles and an ETag, answered with 304 when it is known already.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import format_datetime
from html import escape

from tests.bench.news import World

FEEDS, ITEMS = 500, 20


def feed(world: World, number: int, items: int) -> bytes:
    """Return one feed."""
    parts = [f'<?xml version="1.0"?><rss version="2.0"><channel><title>{world.papers[number]}</title>']
    for n in range(number * items, (number + 1) * items):
        entry = world.entry(n, FEEDS * items)
        assert entry.published
        parts.append(
            f"<item><title>{escape(entry.title)}</title><link>{entry.url}</link><guid>{entry.guid}</guid>"
            f"<pubDate>{format_datetime(entry.published)}</pubDate>"
            f"<description>{escape(entry.html)}</description>"
            + "".join(f"<category>{topic}</category>" for topic in entry.categories)
            + "</item>"
        )
    return "".join([*parts, "</channel></rss>"]).encode()


def answer(feeds: list[bytes], request: bytes) -> bytes:
    """Return the whole answer to a request."""
    number = int(request.split(b" ", 2)[1].strip(b"/").partition(b".")[0])
    tag = f'ETag: "{number}"\r\nConnection: close\r\n'.encode()
    if b"if-none-match" in request.lower():
        return b"HTTP/1.1 304 Not Modified\r\n" + tag + b"\r\n"
    body = feeds[number]
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n" + tag
    return head + f"Content-Length: {len(body)}\r\n\r\n".encode() + body


async def serve(feeds: list[bytes]) -> None:
    """Serve until killed."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(feeds, await reader.readuntil(b"\r\n\r\n")))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def served(feeds: int = FEEDS, items: int = ITEMS) -> Iterator[list[str]]:
    """Serve feeds in another process; yields their addresses."""
    command = [sys.executable, "-m", "tests.bench.serving", str(feeds), str(items)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        port = int(process.stdout.readline())
        try:
            yield [f"http://127.0.0.1:{port}/{number}.xml" for number in range(feeds)]
        finally:
            process.kill()


if __name__ == "__main__":
    count, size = (int(word) for word in (*sys.argv[1:3], FEEDS, ITEMS)[:2])
    news = World(seed=7)
    asyncio.run(serve([feed(news, number, size) for number in range(count)]))
