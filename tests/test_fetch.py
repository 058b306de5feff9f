"""The fetcher against a loopback server, one test for each rule."""

from __future__ import annotations

import asyncio
import gzip
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reader.config import Fetch
from reader.fetch import Fetched, Fetcher, FetchError, guard
from tests.server import Asked, Reply, Server

FEED = b"<rss version='2.0'><channel><title>News</title></channel></rss>"
CONFIG = Fetch(timeout=10.0, connect=2.0, read=5.0, spacing=0)
HEAD = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"
PROXY_NAMES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXY_NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as it:
        yield it


@pytest.fixture
def other() -> Iterator[Server]:
    with Server() as it:
        it.routes["/"] = Reply(FEED)
        yield it


async def get(url: str, *, config: Fetch = CONFIG, private_ok: bool = True, **asked: Any) -> Fetched:
    async with Fetcher(config) as fetcher:
        return await fetcher.get(url, private_ok=private_ok, **asked)


async def refusal(url: str, **asked: Any) -> FetchError:
    """Fetch what must be refused, in one clean line."""
    with pytest.raises(FetchError) as info:
        await get(url, **asked)
    said = str(info.value)
    assert said
    assert said.isprintable()
    return info.value


# --- documents and validators


async def test_a_document_and_its_validators(server: Server) -> None:
    said = {"ETag": 'W/"odd, \xe9 one', "Last-Modified": "2026-11-22T09:30:00Z", "Content-Type": "text/xml"}
    server.routes["/f"] = Reply(FEED, headers=said)
    found = await get(server.url("/f"))
    assert (found.status, found.body, found.content_type) == (200, FEED, "text/xml")
    assert (found.address, found.moved, found.unchanged) == (server.url("/f"), "", False)
    assert (found.etag, found.modified) == ('W/"odd, \xe9 one', "2026-11-22T09:30:00Z")
    await get(server.url("/f"), etag=found.etag, modified=found.modified)
    again = server.hits[1].headers
    assert (again["if-none-match"], again["if-modified-since"]) == (found.etag, found.modified)


async def test_the_request_is_honest_and_says_little(server: Server) -> None:
    server.routes["/f"] = Reply(FEED, headers={"Set-Cookie": "track=1"})
    async with Fetcher(CONFIG) as fetcher:
        for _ in range(2):
            await fetcher.get(server.url("/f#part"), private_ok=True)
    asked = server.hits[1]
    assert asked.path == "/f"
    assert asked.headers["user-agent"].startswith("newsread/")
    assert asked.headers["accept-encoding"] == "gzip, deflate"
    assert asked.headers["host"] == server.endpoint
    assert not {"cookie", "referer", "authorization", "if-none-match"} & asked.headers.keys()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("newsread/9 (terminal news reader)", "newsread/9 (terminal news reader; +me@mail.example)"),
        ("news", "news (+me@mail.example)"),
    ],
)
async def test_a_server_may_learn_where_to_complain(server: Server, name: str, said: str) -> None:
    server.routes["/f"] = Reply(FEED)
    await get(server.url("/f"), config=replace(CONFIG, user_agent=name))
    await get(server.url("/f"), config=replace(CONFIG, user_agent=name, contact="me@mail.example"))
    assert [hit.headers["user-agent"] for hit in server.hits] == [name, said]


@pytest.mark.parametrize("body", [b"", b"HTTP/1.1 200 OK\r\n\r\nnot the next answer"])
async def test_304_is_unchanged(server: Server, body: bytes) -> None:
    head = b'HTTP/1.1 304 Not Modified\r\nETag: "b"\r\nContent-Length: %d\r\n\r\n' % len(body)
    server.routes["/f"] = head + body
    found = await get(server.url("/f"), etag='"a"', modified="yesterday")
    assert found.unchanged
    assert (found.body, found.etag, found.modified) == (b"", '"b"', "yesterday")


async def test_304_without_our_validators_is_an_error(server: Server) -> None:
    server.routes["/f"] = Reply(status=304)
    assert "(304)" in str(await refusal(server.url("/f")))


async def test_validators_too_long_are_not_kept(server: Server) -> None:
    server.routes["/f"] = Reply(FEED, headers={"ETag": "a" * 65_536, "Last-Modified": "b" * 129})
    found = await get(server.url("/f"))
    assert (found.body, found.etag, found.modified) == (FEED, "", "")


async def test_gzip_is_unpacked(server: Server) -> None:
    server.routes["/f"] = Reply(gzip.compress(FEED), headers={"Content-Encoding": "gzip"})
    assert (await get(server.url("/f"))).body == FEED


@pytest.mark.parametrize(
    ("encoding", "body", "words"),
    [
        ("gzip", gzip.compress(FEED)[:-4], "breaks off"),
        ("gzip", gzip.compress(bytes(40 * 1024 * 1024)), "only harm"),
        ("br", b"\x00", "did not ask for"),
        ("gzip, gzip", gzip.compress(gzip.compress(FEED)), "did not ask for"),
    ],
    ids=["cut off", "bomb", "brotli", "two layers"],
)
async def test_bodies_that_are_refused(server: Server, encoding: str, body: bytes, words: str) -> None:
    server.routes["/f"] = Reply(body, headers={"Content-Encoding": encoding})
    assert words in str(await refusal(server.url("/f")))


# --- limits of size and time


async def test_a_stated_length_beyond_the_limit_is_not_read(server: Server) -> None:
    silent = server.silence()
    server.routes["/f"] = (
        piece for part in ([HEAD + b"Content-Length: 1001\r\n\r\n"], silent) for piece in part
    )
    assert "larger than" in str(await refusal(server.url("/f"), limit=1000))


async def test_a_body_without_end_is_left_at_the_limit(server: Server) -> None:
    def endless(_: Asked) -> Iterator[bytes]:
        yield HEAD + b"\r\n"
        while True:
            yield b"x" * 65_536

    server.routes["/f"] = endless
    config = replace(CONFIG, max_bytes=1024 * 1024)
    assert "larger than 1 MiB" in str(await refusal(server.url("/f"), config=config))


@pytest.mark.parametrize("head", [b"", HEAD + b"X-Pad: ", HEAD + b"\r\n"])
async def test_dripping_ends_at_the_deadline(server: Server, head: bytes) -> None:
    server.routes["/f"] = lambda _: (p for part in ([head], server.drip(b"x" * 9999, 0.01)) for p in part)
    config = replace(CONFIG, timeout=0.3)
    assert "took longer than 0.3 s" in str(await refusal(server.url("/f"), config=config))


async def test_the_deadline_covers_all_redirects(server: Server) -> None:
    def onward(asked: Asked) -> Iterator[bytes]:
        yield from server.drip(b"HTTP", 0.02)
        yield b"/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /r?%d\r\n\r\n" % (len(server.hits))

    server.routes["/r"] = onward
    config = replace(CONFIG, timeout=0.3)
    assert "took longer" in str(await refusal(server.url("/r"), config=config))
    assert 1 < len(server.hits) < 10


async def test_waiting_for_ones_turn_does_not_count(server: Server) -> None:
    """Two at a time, each slower than half the deadline: all four come through."""
    head = HEAD + b"Content-Length: %d\r\n\r\n" % len(FEED)
    server.routes["/f"] = lambda _: (
        p for part in (server.drip(head[:9], 0.02), [head[9:] + FEED]) for p in part
    )
    async with Fetcher(replace(CONFIG, timeout=0.6)) as fetcher:
        found = await asyncio.gather(*(fetcher.get(server.url("/f"), private_ok=True) for _ in range(8)))
    assert [one.body for one in found] == [FEED] * 8


@pytest.mark.parametrize("head", [b"", HEAD + b"Content-Length: 9\r\n\r\n"])
async def test_silence_ends_at_the_read_timeout(server: Server, head: bytes) -> None:
    server.routes["/f"] = lambda _: (p for part in ([head], server.silence()) for p in part)
    config = replace(CONFIG, read=0.2)
    assert "fell silent" in str(await refusal(server.url("/f"), config=config))


# --- redirects


async def test_redirects_are_followed_and_permanent_ones_reported(server: Server) -> None:
    server.routes |= {
        "/a": Reply(status=301, headers={"Location": "/b"}),
        "/b": Reply(status=308, headers={"Location": server.url("/c")}),
        "/c": Reply(status=302, headers={"Location": "d?x=1"}),
        "/d": Reply(status=301, headers={"Location": "/e"}),
        "/e": Reply(FEED),
    }
    found = await get(server.url("/a"), etag='"x"')
    assert (found.body, found.address, found.moved) == (FEED, server.url("/e"), server.url("/c"))
    assert server.hits[-1].headers["if-none-match"] == '"x"'
    found = await get(server.url("/c"))
    assert (found.address, found.moved) == (server.url("/e"), "")


async def test_ten_redirects_and_no_more(server: Server) -> None:
    def onward(asked: Asked) -> Reply:
        left = int(asked.path.partition("?")[2])
        return Reply(status=307, headers={"Location": f"/r?{left - 1}"}) if left else Reply(FEED)

    server.routes["/r"] = onward
    assert (await get(server.url("/r?10"))).body == FEED
    assert "more than 10 times" in str(await refusal(server.url("/r?11")))


async def test_a_circle_is_seen_at_once(server: Server) -> None:
    server.routes |= {
        "/a": Reply(status=302, headers={"Location": "/b"}),
        "/b": Reply(status=302, headers={"Location": "/a"}),
    }
    assert "circle" in str(await refusal(server.url("/a")))
    assert server.paths() == ["/a", "/b"]


@pytest.mark.parametrize("status", [300, 301, 302, 304, 305])
async def test_a_redirect_that_leads_nowhere_is_an_error(server: Server, status: int) -> None:
    server.routes["/a"] = Reply(status=status)
    await refusal(server.url("/a"))


async def test_the_login_goes_to_its_own_origin_only(server: Server, other: Server) -> None:
    server.routes["/a"] = Reply(status=302, headers={"Location": "/b"})
    server.routes["/b"] = Reply(status=302, headers={"Location": other.url("/back")})
    other.routes["/back"] = Reply(status=302, headers={"Location": server.url("/c")})
    server.routes["/c"] = Reply(FEED)
    found = await get(f"http://user:secret@{server.endpoint}/a")
    assert [asked.headers.get("authorization") for asked in server.hits] == [
        "Basic dXNlcjpzZWNyZXQ=",
        "Basic dXNlcjpzZWNyZXQ=",
        None,
    ]
    assert "authorization" not in other.hits[0].headers
    assert "secret" not in repr(found)


@pytest.mark.parametrize("path", ["/401", "/nothing", "/silent", "/bad"])
async def test_no_error_tells_the_password(server: Server, path: str) -> None:
    server.routes |= {
        "/401": Reply(status=401),
        "/silent": lambda _: server.silence(),
        "/bad": Reply(status=302, headers={"Location": "ftp://user:secret@x/"}),
    }
    error = await refusal(f"http://user:secret@{server.endpoint}{path}", config=replace(CONFIG, read=0.2))
    chain = [error, error.__cause__, error.__context__]
    assert not any("secret" in f"{one!r} {one}" for one in chain)


# --- private networks


async def test_an_address_that_the_user_typed_may_be_private(server: Server, other: Server) -> None:
    server.routes["/a"] = Reply(status=302, headers={"Location": other.url("/")})
    assert (await get(server.url("/a"))).body == FEED


async def test_other_addresses_may_not(server: Server) -> None:
    assert "private network" in str(await refusal(server.url("/a"), private_ok=False))
    assert not server.hits


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "localhost", "[::ffff:127.0.0.1]"],
)
async def test_a_public_feed_does_not_lead_to_a_private_host(
    server: Server, other: Server, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(guard.PUBLIC_ENV, server.endpoint)
    server.routes["/a"] = Reply(status=302, headers={"Location": f"http://{host}:{other.port}/"})
    assert "private network" in str(await refusal(server.url("/a")))
    assert not other.hits


async def test_the_config_may_allow_private_hosts_to_all(
    server: Server, other: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(guard.PUBLIC_ENV, server.endpoint)
    server.routes["/a"] = Reply(status=302, headers={"Location": other.url("/")})
    config = replace(CONFIG, private=True)
    for url in (server.url("/a"), other.url("/")):
        assert (await get(url, config=config, private_ok=False)).body == FEED


async def test_a_public_feed_may_lead_to_a_public_one(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(guard.PUBLIC_ENV, server.endpoint)
    server.routes["/a"] = Reply(status=302, headers={"Location": "/b"})
    server.routes["/b"] = Reply(FEED)
    assert (await get(server.url("/a"), private_ok=False)).body == FEED


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Names and the answers that a name service gives for them, one after the other."""
    table: dict[str, list[str]] = {}

    def look_up(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        if host not in table:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        answer = table[host].pop(0) if len(table[host]) > 1 else table[host][0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in answer.split()]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return table


async def test_a_name_is_judged_by_what_it_resolves_to(server: Server, names: dict[str, list[str]]) -> None:
    names["inside.example"] = ["127.0.0.1"]
    url = f"http://inside.example:{server.port}/f"
    assert "private network" in str(await refusal(url, private_ok=False))
    assert not server.hits
    server.routes["/f"] = Reply(FEED)
    assert (await get(url)).body == FEED
    assert server.hits[0].headers["host"] == f"inside.example:{server.port}"


async def test_a_name_that_changes_its_mind_gains_nothing(
    server: Server, names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection goes to the very address that was checked."""
    monkeypatch.setenv(guard.PUBLIC_ENV, server.endpoint)
    server.routes["/f"] = Reply(FEED)
    names["rebinding.example"] = ["127.0.0.1", "127.0.0.2"]
    url = f"http://rebinding.example:{server.port}/f"
    assert (await get(url, private_ok=False)).body == FEED
    assert names["rebinding.example"] == ["127.0.0.2"]


async def test_a_dead_address_of_a_host_is_passed_over(server: Server, names: dict[str, list[str]]) -> None:
    server.routes["/f"] = Reply(FEED)
    names["two.example"] = ["127.0.0.9 127.0.0.1"]
    assert (await get(f"http://two.example:{server.port}/f")).body == FEED


@pytest.mark.parametrize("host", ["169.254.169.254", "metadata.example"])
async def test_metadata_services_are_never_asked(host: str, names: dict[str, list[str]]) -> None:
    names["metadata.example"] = ["169.254.169.254"]
    assert "metadata" in str(await refusal(f"http://{host}/latest"))


# --- what servers say when they do not give the feed


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (204, "sent nothing"),
        (206, "only a part"),
        (401, "a login is needed"),
        (403, "refuses"),
        (404, "nothing at this address"),
        (410, "gone for good"),
        (418, "refuses this address (418)"),
        (429, "asked too often"),
        (451, "legal"),
        (500, "in trouble (500)"),
        (503, "in trouble (503)"),
        (999, "does not know (999)"),
    ],
)
async def test_statuses_in_words(server: Server, status: int, words: str) -> None:
    server.routes["/f"] = Reply(b"" if status == 204 else b"<html>", status=status)
    error = await refusal(server.url("/f"))
    assert words in str(error)
    assert (error.status, error.gone, error.retry_after) == (status, status == 410, None)


@pytest.mark.parametrize("status", [429, 503])
async def test_a_server_that_asks_to_wait_is_left_alone(server: Server, status: int) -> None:
    server.routes["/busy"] = Reply(status=status, headers={"Retry-After": "7200"})
    server.routes["/f"] = Reply(FEED)
    async with Fetcher(CONFIG) as fetcher:
        for path in ("/busy", "/f"):
            with pytest.raises(FetchError) as info:
                await fetcher.get(server.url(path), private_ok=True)
            assert info.value.retry_after
            assert timedelta(seconds=7100) < info.value.retry_after - datetime.now(UTC) <= timedelta(hours=2)
    assert server.paths() == ["/busy"]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 abc\r\n\r\n" + FEED,
        FEED,
        bytes((n * 37 + 11) % 256 for n in range(4096)),
        HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
        HEAD + b"Content-Length: -1\r\n\r\n" + FEED,
        HEAD + b"Content-Length: 999\r\n\r\n" + FEED,
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabcde\r\n0\r\n\r\n",
        HEAD + b"X-Big: " + b"a" * 2_000_000 + b"\r\n\r\n" + FEED,
        HEAD + b"ETag: \x00\r\n\r\n" + FEED,
        b"HTTP/1.1 500 \x1b]0;pwned\x07[bold]\r\nContent-Length: 0\r\n\r\n",
    ],
)
async def test_answers_that_are_none(server: Server, answer: bytes) -> None:
    server.routes["/f"] = answer
    await refusal(server.url("/f"))


async def test_a_body_longer_than_stated_is_cut_there(server: Server) -> None:
    server.routes["/f"] = HEAD + b"Content-Length: 5\r\n\r\nabcdefgh"
    assert (await get(server.url("/f"))).body == b"abcde"


# --- no answer at all


async def test_no_such_host(names: dict[str, list[str]]) -> None:
    assert "no host named nowhere.example" in str(await refusal("http://nowhere.example/f"))


async def test_no_such_host_because_the_name_is_too_long() -> None:
    label = "a" * 63
    await refusal(f"http://{label}.{label}.{label}.{label[:59]}.x/f")


async def test_nothing_listens() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        error = await refusal(f"http://127.0.0.1:{unused.getsockname()[1]}/f")
    assert "connection refused" in str(error)


async def test_https_where_only_http_is_spoken(server: Server) -> None:
    assert "secure connection" in str(await refusal(f"https://{server.endpoint}/f"))


@pytest.mark.parametrize("url", ["", "feed.xml", "file:///etc/passwd", "http://", "http://a\\b/", "https:x"])
async def test_what_is_no_address(url: str) -> None:
    assert "no web address" in str(await refusal(url))


# --- proxies


async def test_a_proxy_from_the_environment(
    server: Server, other: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://me:word@{other.endpoint}")
    monkeypatch.setenv("no_proxy", server.endpoint)
    other.routes["http://far.example/f"] = Reply(FEED)
    assert (await get("http://far.example/f", private_ok=False)).body == FEED
    assert other.hits[0].headers["host"] == "far.example"
    assert other.hits[0].headers["proxy-authorization"] == "Basic bWU6d29yZA=="
    server.routes["/f"] = Reply(FEED)
    assert (await get(server.url("/f"))).body == FEED
    assert len(other.hits) == 1


async def test_a_proxy_is_no_way_around_the_private_rule(
    other: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", other.endpoint)
    assert "private network" in str(await refusal("http://10.0.0.1/f", private_ok=False))
    assert not other.hits


@pytest.mark.parametrize("host", ["localhost", "router", "nas.local", "wiki.corp.internal", "tv.lan"])
async def test_a_proxy_is_not_asked_for_names_of_the_own_network(
    other: Server, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", other.endpoint)
    monkeypatch.setenv("no_proxy", "")
    other.routes["http://far.example/f"] = Reply(status=302, headers={"Location": f"http://{host}/f"})
    other.routes[f"http://{host}/f"] = Reply(FEED)
    assert "private network" in str(await refusal("http://far.example/f", private_ok=False))
    assert "private network" in str(await refusal("http://far.example/f", private_ok=True))
    assert (await get(f"http://{host}/f", private_ok=True)).body == FEED
    assert other.paths() == ["http://far.example/f"] * 2 + [f"http://{host}/f"]


async def test_a_proxy_is_never_asked_for_a_metadata_service(
    other: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", other.endpoint)
    assert "metadata" in str(await refusal("http://metadata.google.internal/f", private_ok=True))
    assert not other.hits


async def test_a_proxy_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "gopher://nowhere:1")
    assert "proxy" in str(await refusal("http://far.example/f"))


async def test_netrc_is_not_read(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(netrc))
    server.routes["/f"] = Reply(FEED)
    await get(server.url("/f"))
    assert "authorization" not in server.hits[0].headers


# --- stopping


async def test_a_fetch_can_be_cancelled(server: Server) -> None:
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()

    def answer(_: Asked) -> Any:
        loop.call_soon_threadsafe(asked.set)
        return server.silence()

    server.routes["/f"] = answer
    task = asyncio.create_task(get(server.url("/f")))
    await asked.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
