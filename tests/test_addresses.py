"""Addresses: canonical http and https ones of a host; everything else is text."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader import text
from tests.hostile import anything


class TestAddress:
    @pytest.mark.parametrize(
        ("stated", "canonical"),
        [
            ("https://example.test/a/b.html?c=d&e=f#g", "https://example.test/a/b.html?c=d&e=f#g"),
            ("HTTP://Example.Test", "http://example.test/"),
            ("http://example.test:80/", "http://example.test/"),
            ("https://example.test:8443/x", "https://example.test:8443/x"),
            ("http://example.test./", "http://example.test/"),
            ("\n   http://example.test/with space\n\t?q=ä  ", "http://example.test/with%20space?q=%C3%A4"),
            ("http://bücher.example/", "http://xn--bcher-kva.example/"),
            ("http://аррӏе.test/login", "http://xn--80ak6aa92e.test/login"),
            ("http://i❤.test/", "http://xn--i-7iq.test/"),
            ("http://example.test/\u202egnp.exe", "http://example.test/%E2%80%AEgnp.exe"),
            ("http://example.test/\"x'y<z>", "http://example.test/%22x%27y%3Cz%3E"),
            ("http://example.test/$(touch x);`id`.mp3", "http://example.test/$(touch%20x);%60id%60.mp3"),
            ("http://example.test/../../../.bashrc", "http://example.test/.bashrc"),
            ("http://example.test/a/./b/../c/..", "http://example.test/a/"),
            ("http://[::1]:8080/", "http://[::1]:8080/"),
            ("http://[0:0::1]/", "http://[::1]/"),
            ("http://0x7f.1/", "http://127.0.0.1/"),
            ("http://2130706433/", "http://127.0.0.1/"),
            ("http://0177.0.0.1/", "http://127.0.0.1/"),
        ],
    )  # fmt: skip
    def test_is_canonical(self, stated, canonical):
        assert text.address(stated) == canonical
        assert text.address(canonical) == canonical

    @pytest.mark.parametrize(
        "stated",
        [
            "", " ", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd", "-P evil", "--remote-debugging-port=9222", "%action--incognito",
            "ssh://host/",
            "\\\\host\\share", "view-source:http://a/", "http://", "http:///path", "http:path",
            "http:/path",
            "http://user:secret@example.test/", "http://user@example.test/", "http://:@example.test/",
            "http://good.test\\@evil.test/", "http://good.test/a\\b", "http://good.test/a\x1bb", "http://good.test/\ud800",
            "http://a b/", "http://a\x00b/", "http://[::1/",
            "http://[fe80::1%25eth0]/",
            "http://example.test:99999/", "http://example.test:x/", "http://example.test:0/",
            "http://256.1.1.1/",
            "http://1.2.3.4.5/", "http://a..b/", "http://" + "a" * 64 + ".test/", "http://exa%6dple.test/",
            "http://example.test/" + "x" * 4096, "http://example.test/" + "ä" * 2000, "http://\ud800.test/",
            "example.test/x",
        ],
    )  # fmt: skip
    def test_everything_else_is_text(self, stated):
        assert text.address(stated) == ""
        if not stated.startswith("example"):
            assert text.address(stated, "javascript:x") == ""

    @pytest.mark.parametrize(
        ("reference", "resolved"),
        [
            ("c.html", "http://site.test/a/c.html"),
            ("../c", "http://site.test/c"),
            ("/c", "http://site.test/c"),
            ("//other.test/c", "http://other.test/c"),
            ("?q=1", "http://site.test/a/b?q=1"),
            ("#part", "http://site.test/a/b?x=y#part"),
            ("https://other.test/", "https://other.test/"),
            ("-P evil", ""),
            ("javascript:x", ""),
            ("", ""),
        ],
    )
    def test_resolves_against_its_base(self, reference, resolved):
        assert text.address(reference, "http://site.test/a/b?x=y") == resolved

    def test_a_login_is_left_out_only_on_request(self):
        stated = "http://user:secret@example.test/x"
        assert text.address(stated, strip_login=True) == "http://example.test/x"
        assert text.address("http://paypal.test@evil.test/", strip_login=True) == "http://evil.test/"

    @given(
        st.one_of(anything, anything.map("http://".__add__), st.text("htp:/.@#?%[]a1é \\-", max_size=40)),
        anything,
    )
    @example("http://[", "")
    @example("http://٠.١/", "http://x.test")
    @example("http://ẞ。test", "")
    @settings(max_examples=300)
    def test_obeys_for_any_text(self, value, base):
        for found in (text.address(value), text.address(value, base), text.address(value, "http://b.test/x")):
            assert not found or re.fullmatch(r"https?://[a-z0-9._\[\]:-]+/[!#-&(-;=?-\[\]^_a-z|~]*", found), (
                found
            )
            assert len(found) <= text.ADDRESS_MAX
            assert text.address(found) == found
