"""Headers and targets: the pure parts of a request."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.fetch import FetchError, headers
from reader.fetch.resolver import mixed
from reader.fetch.target import redirected, target

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 3600 ", 3600),
        ("0", 60),
        ("1", 60),
        ("86400", 86400),
        ("999999", 86400),
        ("9" * 40, 86400),
        ("Sun, 22 Nov 2026 12:10:00 GMT", 600),
        ("Sun, 22 Nov 2026 12:10:00", 600),
        ("Sun, 22 Nov 2020 12:10:00 GMT", 60),
        ("Sun, 22 Nov 2099 12:10:00 GMT", 86400),
    ],
)
def test_retry_after_within_bounds(value: str, seconds: int) -> None:
    assert headers.retry_after(value, NOW) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize("value", ["", "soon", "-5", "1e9", "1.5", "Sun, 99 Foo 2026", "²", "Infinity"])
def test_retry_after_nonsense(value: str) -> None:
    assert headers.retry_after(value, NOW) is None


@given(st.text(max_size=60))
def test_retry_after_never_fails(value: str) -> None:
    when = headers.retry_after(value, NOW)
    assert when is None or NOW + headers.WAIT_MIN <= when <= NOW + headers.WAIT_MAX


def test_validators_are_kept_byte_for_byte() -> None:
    raw = [(b"Etag", b'W/"odd \xe9 value'), (b"ETAG", b"second"), (b"x", b"y")]
    kept = headers.validator(raw, b"etag", 100)
    sent = dict(headers.request("host", "agent", etag=kept, modified="2026-11-22T09:30:00Z"))
    assert sent[b"If-None-Match"] == b'W/"odd \xe9 value'
    assert sent[b"If-Modified-Since"] == b"2026-11-22T09:30:00Z"


@pytest.mark.parametrize("value", [b"a" * 101, b"a\x1bb", b"a\x00", b"a\x9b31m", b"\x7f"])
def test_validators_that_are_not_kept(value: bytes) -> None:
    assert headers.validator([(b"etag", value)], b"etag", 100) == ""


def test_a_request_says_little() -> None:
    sent = dict(headers.request("host", "newsread/1 (é)"))
    assert set(sent) == {b"Host", b"User-Agent", b"Accept", b"Accept-Encoding", b"Connection"}
    assert sent[b"User-Agent"] == b"newsread/1 ()"
    assert sent[b"Accept-Encoding"] == b"gzip, deflate"


def test_a_target_keeps_the_login_apart() -> None:
    found = target("http://us%40er:pa:ss@Example.COM:8080/a?b#c")
    assert found.url == "http://example.com:8080/a?b"
    assert (found.host, found.port, found.path) == ("example.com", 8080, "/a?b")
    assert found.login == "Basic dXNAZXI6cGE6c3M="
    assert "Basic" not in repr(found)


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("http://example.com/", "example.com"),
        ("https://example.com/", "example.com"),
        ("http://example.com:81/", "example.com:81"),
        ("http://[::1]:81/x", "[::1]:81"),
        ("http://bücher.example/", "xn--bcher-kva.example"),
    ],
)
def test_a_target_names_its_host(url: str, named: str) -> None:
    assert target(url).named == named


@pytest.mark.parametrize(
    "url",
    ["", "ftp://host/", "file:///etc/passwd", "http://", "/etc/passwd", "http://a b/", "http://x:99999/"],
)
def test_what_is_no_address_is_refused_in_words(url: str) -> None:
    with pytest.raises(FetchError, match="no web address"):
        target(url)


def test_a_refused_address_does_not_tell_its_password() -> None:
    with pytest.raises(FetchError) as info:
        target("ftp://user:secret@host/x")
    assert "secret" not in str(info.value)


def test_redirects_are_resolved() -> None:
    here = target("http://example.com/a/b?c")
    assert redirected(here, "d").url == "http://example.com/a/d"
    assert redirected(here, "//other.example/x").url == "http://other.example/x"
    assert redirected(here, "https://example.com/").url == "https://example.com/"


@pytest.mark.parametrize(
    "location",
    [
        "",
        " ",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/xml,<rss/>",
        "ftp://x/",
        "http://user:secret@other.example/",
        "http://x:99999/",
        "http://a b/",
        "/\x1b]0;pwned\x07x",
    ],
)
def test_redirects_that_are_not_followed(location: str) -> None:
    with pytest.raises(FetchError) as info:
        redirected(target("http://example.com/"), location)
    assert "\x1b" not in str(info.value)
    assert "secret" not in str(info.value)


def test_a_redirect_never_leaves_https() -> None:
    with pytest.raises(FetchError, match="plain http"):
        redirected(target("https://example.com/"), "http://example.com/")


def test_the_two_ip_versions_take_turns() -> None:
    assert mixed(["2::1", "2::2", "2::3", "2::4", "1.1.1.1"]) == ("2::1", "1.1.1.1", "2::2", "2::3")
    assert mixed(["1.1.1.1", "1.1.1.1", "fe80::1%eth0"]) == ("1.1.1.1",)
    assert mixed([]) == ()


GMT = "%a, %d %b %Y %H:%M:%S GMT"


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ({}, None),
        ({"cache-control": "max-age=3600"}, 60),
        ({"cache-control": 'public, MAX-AGE="600", must-revalidate'}, 10),
        ({"cache-control": "max-age=3600", "age": "600"}, 50),
        ({"cache-control": "max-age=3600", "age": "7200"}, None),
        ({"cache-control": "max-age=31536000"}, 24 * 60),
        ({"cache-control": "max-age=" + "9" * 40}, 24 * 60),
        ({"cache-control": "max-age=0"}, None),
        ({"cache-control": "max-age=soon", "expires": f"{NOW + timedelta(hours=1):{GMT}}"}, None),
        ({"cache-control": "no-cache, max-age=3600"}, None),
        ({"cache-control": "s-maxage=3600"}, None),
        ({"expires": f"{NOW + timedelta(hours=1):{GMT}}"}, 60),
        ({"expires": f"{NOW:{GMT}}", "date": f"{NOW - timedelta(hours=2):{GMT}}"}, 120),
        ({"expires": f"{NOW - timedelta(hours=1):{GMT}}"}, None),
        ({"expires": "0"}, None),
        ({"expires": "-1"}, None),
    ],
    ids=repr,
)
def test_how_long_an_answer_is_fresh(said: dict[str, str], minutes: int | None) -> None:
    until = None if minutes is None else NOW + timedelta(minutes=minutes)
    assert headers.fresh_until(said, NOW) == until


@given(st.dictionaries(st.sampled_from(["cache-control", "expires", "date", "age"]), st.text(max_size=60)))
def test_freshness_never_fails(said: dict[str, str]) -> None:
    until = headers.fresh_until(said, NOW)
    assert until is None or NOW < until <= NOW + headers.FRESH_MAX
