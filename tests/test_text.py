"""Strangers' text made safe: what the gates let through, what they take out, and how terms are made."""

import re
import time
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader import text

ESC = "\x1b"
HOSTILE = [
    "\x1b", "\x1b]", "\x1b]0;", "\x1b[", "\x1b[3", "\x1bP", "\x1b_", "\x1b\\", "\x07", "\x9b", "\x9d",
    "\x9c", "\x90", "\x00",
    "\r", "\r\n", "\n", "\t", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\u200b", "\u200d",
    "\u200e", "\u202e", "\u2066",
    "\u206a", "\u061c", "\ufeff", "\ufffa", "\ufe0f", "\U000e0067", "\U000e007f", "\U000e0100",
    "\U0001f3f4", "\ud83d", "\udc00",
    "\ufdd0", "\uffff", "\U0010ffff", "\u0301", "\u093f", "\u20e3", "\u3164", "\u2800", "\xa0",
    "\xad", " ", "  ", "a", "क", "❤", "1",
    "m", "c", ";", "[/b]", "<b>", "&amp;",
]  # fmt: skip
anything = st.one_of(st.text(), st.lists(st.sampled_from(HOSTILE), max_size=40).map("".join))

# Written apart from the gate on purpose, after the rules on paper.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u206f\u2028\u2029\ufeff\ufff9-\ufffb\ufdd0-\ufdef"
    "\ud800-\udfff\U000e0100-\U000e01ef]"
)
SMUGGLED = re.compile("(?<!\U0001f3f4)(?<![\U000e0020-\U000e007f])[\U000e0000-\U000e007f]")
LONG_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007f]{9}")


def longest_pile(value: str) -> int:
    longest = run = 0
    for char in value:
        run = run + 1 if unicodedata.category(char)[0] == "M" and not "\ufe00" <= char <= "\ufe0f" else 0
        longest = max(longest, run)
    return longest


def is_safe(value: str) -> bool:
    noncharacter = any(ord(char) & 0xFFFE == 0xFFFE for char in value)
    found = FORBIDDEN.search(value) or SMUGGLED.search(value) or LONG_FLAG.search(value)
    return not found and not noncharacter and longest_pile(value) <= 8


class TestGate:
    @pytest.mark.parametrize(
        ("hostile", "safe"),
        [
            ("red \x1b[31malert\x1b[0m", "red alert"),
            ("a\x1b]0;new title\x07b", "ab"),
            ("a\x1b]52;c;cHduZWQ=\x1b\\b", "ab"),
            ("a\x9d0;title\x9cb", "ab"),  # OSC without any ESC
            ("a\x9b2Jb", "ab"),
            ("a\x1bPdevice\x07 control\x1b\\b", "ab"),
            ("a\x1b_apc\x1b\\\x1b^pm\x1b\\\x1bXsos\x1b\\b", "ab"),
            ("a\x1b(Bb\x1bcc\x1b7d", "abcd"),
            ("a\x1b]0;never ends", "a]0;never ends"),
            ("a\x1b[31", "a[31"),
            ("bell\x07 back\x08 nul\x00 del\x7f", "bell back nul del"),
            ("\u202egnp.exe\u202c \u2066x\u2069 \u061cy", "gnp.exe x y"),
            ("tag\U000e0068\U000e0069 \U000e0001x", "tag x"),
            ("byte\ufeffmark \ufff9a\ufffab\ufffb", "bytemark ab"),
            ("half \ud83d \udc00 and \ufdd0\uffff", "half \ufffd \ufffd and \ufffd\ufffd"),
            ("z\u0300" + "\u0301" * 50 + "algo", "z\u0300" + "\u0301" * 7 + "algo"),
            ("pile\u0301" * 2 + "\u0301\u200d" * 40, None),
            ("x\ufe0f \ufe0fy \u0301\ufe0f", "x\ufe0f y \u0301"),
            ("old\U000e0100 variant", "old variant"),
        ],
    )
    def test_takes_out_what_harms(self, hostile, safe):
        if safe is not None:
            assert text.one_line(hostile) == safe
            assert text.plain(hostile) == safe
        assert is_safe(text.one_line(hostile))
        assert is_safe(text.plain(hostile))

    @pytest.mark.parametrize(
        "honest",
        [
            "Cambodia Seeks to Enhance Immigration Management",
            "L’été — « déjà vu » … 30 % de 5 €",
            "ភាសា\u200bខ្មែរ",  # ZWSP between words
            "می\u200cخواهم",  # ZWNJ inside a word
            "क्\u200dष क्\u200cष",
            "မြန်မာ\u200bဘာသာ",
            "עברית \u200f(אנגלית)\u200f",
            "soft\u00adhyphen word\u2060joiner",
            "❤️ 👩‍👩‍👧‍👦 👍🏽 1️⃣ 🇰🇭",
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f England",
            "東京で会議、「重要」",
            "བོད་སྐད་ཧཱུྃ",
            "[bold]x[/] [@click=app.quit] **b** {0} %s $(id) | a |",
        ],
    )
    def test_leaves_what_is_honest(self, honest):
        assert text.one_line(honest) == honest
        assert text.plain(honest) == honest

    def test_a_sequence_across_the_limit_of_a_body_stays_as_text(self):
        assert text.plain(f"{ESC}]0;{'x' * 4000}\x07y") == "y"
        assert text.plain(f"{ESC}]0;{'x' * 5000}\x07y") == f"]0;{'x' * 5000}y"

    def test_all_line_ends_become_line_feeds(self):
        assert text.plain("a\r\nb\rc\u2028d\u2029e\x85f\n\tg") == "a\nb\nc\nd\ne\nf\n\tg"

    def test_one_line_folds_all_white_space(self):
        assert text.one_line("  a\r\n\tb\u2028c \u3000 d\xa0\xa0e ") == "a b c d e"
        assert text.one_line("line one\nline two") == "line one line two"

    @pytest.mark.parametrize(
        "nothing",
        ["", " \n", "\u200b", "\u200b \u2060\xad", "\u3164", "\x1b[2J", "\ufeff", "\u2800", "\u202e"],
    )
    def test_a_field_of_invisible_characters_is_empty(self, nothing):
        assert text.one_line(nothing) == ""
        assert text.title(nothing) == "(untitled)"
        assert text.blank(nothing) == (text.plain(nothing) == nothing)

    def test_padding_of_newsletters_folds(self):
        assert text.one_line("Deal of the day" + " \u200c \u034f\xa0" * 50) == "Deal of the day"

    def test_long_lines_end_in_an_ellipsis(self):
        assert text.one_line("x" * 2000) == "x" * 1023 + "…"
        assert text.one_line("word " * 10, 11) == "word word…"
        assert text.one_line("word", 4) == "word"

    def test_the_cut_is_never_inside_a_character(self):
        assert text.one_line("abcde\u0301fg", 6) == "abcd…"
        assert text.one_line("abc👩‍👩‍👧‍👦fg", 7) == "abc…"
        assert text.one_line("abc👍🏽fgh", 5) == "abc…"

    @given(anything, st.integers(1, 40))
    @example("\u0301" * 9 + "\u202e" + "\u0301" * 9, 40)
    @example("a" + "\u0301\ufe0f" * 9, 40)
    @example("\U0001f3f4" + "\ufeff\U000e0067" * 12, 40)
    def test_one_line_obeys_for_any_text(self, value, limit):
        line = text.one_line(value, limit)
        assert is_safe(line)
        assert len(line) <= limit
        assert line == " ".join(line.split())
        assert text.one_line(line, limit) == line

    @given(anything)
    @example("\x1b\x1b[31m[31mx")
    @example("\x1b\u202e[31mx")
    @example("\r\ufeff\n")
    @example("a" + "\u0301" * 8 + "\ufeff" + "\u0301" * 8)
    def test_plain_obeys_for_any_text(self, value):
        plain = text.plain(value)
        assert is_safe(plain)
        assert text.plain(plain) == plain

    @given(anything)
    def test_titles_are_never_blank(self, value):
        for line in (text.title(value), text.title(text.from_html(value))):
            assert is_safe(line)
            assert line.strip()
            assert len(line) <= text.TITLE_MAX


class TestTitlesInHtml:
    @pytest.mark.parametrize(
        ("stated", "shown"),
        [
            ("<b>Bold</b> move", "Bold move"),
            ("AT&amp;T", "AT&T"),
            ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),  # decoded once
            ("&lt;script&gt;", "<script>"),
            ("AT&T R&D &copy; &bogus; &#8217; &#x2019; &#146;", "AT&T R&D © &bogus; ’ ’ ’"),
            ("if a < b and b > c", "if a < b and b > c"),
            ("List<String> and Vec<u8>", "List<String> and Vec<u8>"),
            ("line<br>break<p>para", "line break para"),
            ("in<i>side</i>", "inside"),
            ("<script>alert(1)</script>Hello <img src=x onerror=alert(1)>", "Hello"),
            ("a <!-- secret --> b", "a b"),
            ("<a href='x'>linked</a>", "linked"),
            ("a &#27;[31m b &#x9b;2J", "a [31m b ›2J"),  # controls in disguise
            ("&#" + "9" * 5000 + ";", "&#" + "9" * 1021 + "…"),
            ("?a=1&notify=2", "?a=1&notify=2"),
        ],
    )
    def test_reads_as_text(self, stated, shown):
        assert text.from_html(stated) == shown


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
            "http://good.test\\@evil.test/", "http://a b/", "http://a\x00b/", "http://[::1/",
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


MEETINGS = {
    "English": ("cambodian ELECTION minister's", "The Cambodians' elections: Minister says"),
    "French": ("economie l'élection", "L’économie française et les élections d’été"),
    "German": ("strasse muller", "Müller wohnt in der Straße"),
    "Spanish": ("elecciones ninos", "La elección de los niños"),
    "Portuguese": ("eleição decisoes", "As eleições e a decisão"),
    "Russian": ("ещё выборы", "Еще раз: ВЫБОРЫ в Думу"),
    "Arabic": ("رئيس القدس", "الرئيس يزور الْقُدْس"),
    "Hindi": ("समाचार हिन्दी", "हिन्दी में समाचार"),
    "Khmer": ("កម្ពុជា", "ព័ត៌មាន\u200bកម្ពុជា\u200bថ្ងៃនេះ"),
    "Khmer without word breaks": ("ព័ត៌មាន\u200bកម្ពុជា", "ព័ត៌មានកម្ពុជាថ្ងៃនេះ"),
    "Thai": ("ภาษาไทย", "ข่าวภาษาไทยวันนี้"),
    "Chinese": ("北京", "中国的首都北京举行会议"),
    "Japanese": ("東京", "東京で会議が開かれた"),
    "Korean": ("서울", "서울에서 열린 회의"),
    "full width": ("ＡＢＣ ｶﾞｽ", "ABC と ガス"),
    "Vietnamese": ("viet nam", "Việt Nam"),
    "Turkish": ("istanbul", "İSTANBUL"),
    "Persian": ("می‌خواهم", "من ميخواهم"),
    "numbers of other scripts": ("2024", "ឆ្នាំ ២០២៤"),
}


class TestWords:
    @pytest.mark.parametrize("language", MEETINGS)
    def test_a_query_meets_the_article(self, language):
        query, article = MEETINGS[language]
        terms = text.words(query)
        assert terms
        assert set(terms) <= set(text.words(article))

    @pytest.mark.parametrize(
        ("written", "terms"),
        [
            ("Cambodia's elections", ["cambodia", "election"]),
            (
                "cities boxes heroes movies crises news buses",
                ["city", "box", "hero", "movie", "crisis", "news", "bus"],
            ),
            ("Paris virus class this us", ["paris", "virus", "class", "this", "us"]),
            ("Israelis and taxis", ["israeli", "and", "taxi"]),
            ("the U.S. and U.N. in D.C.", ["the", "us", "and", "un", "in", "dc"]),
            ("don't O'Brien rock", ["dont", "obrien", "rock"]),
            ("in 2024, 12 of 1,200 people; 3.5", ["in", "2024", "of", "people"]),
            ("30% or 30 percent or 30 per cent", ["30pct", "or", "30pct", "or", "30pct"]),
            ("$5 million, 5m, €500 and 10 km, 10km", ["5m", "5m", "500eur", "and", "10km", "10km"]),
            ("3.5bn 1990s 20th 5G F-16 Covid-19", ["3p5bn", "1990", "20th", "5g", "f16", "covid"]),
            ("日本語", ["日本", "本語"]),
            ("米", ["米"]),
            ("ไทย ไท", ["ไทย", "ไท"]),
            ("iPhone手机 2024年", ["iphone", "手机", "2024", "年"]),
            ("snake_case a-b http://x.test/y", ["snake", "case", "a", "b", "http", "x", "test", "y"]),
            ("!?… — 12", []),
            ("", []),
        ],
    )
    def test_terms(self, written, terms):
        assert text.words(written) == terms

    def test_vowel_signs_stay_with_their_letters(self):
        assert text.words("क्षेत्र की") == ["क्षेत्र", "की"]
        assert all(unicodedata.category(term[0]) != "Zs" for term in text.words("កម្ពុជា"))
        assert "".join(text.words("ភាសា")[:1]) == "ភាស"

    @given(anything)
    @example("I'" * 20)
    @example("1,000,000.000,000 5 %")
    @example("ℌ\u0301℡ﷺ")
    def test_terms_are_letters_digits_and_marks(self, value):
        for term in text.words(value):
            assert term
            # Planes of Chinese that this Python's Unicode does not know yet count as letters, too.
            assert all(unicodedata.category(char)[0] in "LNM" or char >= "\U00020000" for char in term), term

    @given(st.text("aeéèüñçßøABZ’' -.", max_size=60))
    def test_case_and_accents_make_no_difference(self, value):
        bare = "".join(char for char in unicodedata.normalize("NFD", value) if char != "\u0301")
        assert text.words(value.replace("’", "'")) == text.words(bare)
        assert text.words(value.upper()) == text.words(value)


class TestWidth:
    @pytest.mark.parametrize(
        ("shown", "cells"),
        [("abc", 3), ("東京", 4), ("e\u0301", 1), ("👍🏽", 2), ("👩‍👩‍👧‍👦", 2), ("🇰🇭🇫🇷", 4), ("❤️", 2),
        ("a\u200bb", 2), ("ｶﾅ", 2), ("", 0)],
    )  # fmt: skip
    def test_cells(self, shown, cells):
        assert text.width(shown) == cells

    @given(anything)
    def test_no_text_is_wider_than_two_cells_a_character(self, value):
        assert 0 <= text.width(value) <= 2 * len(value)


class TestAgo:
    @pytest.mark.parametrize(
        ("seconds", "said"),
        [
            (-500, "just now"), (0, "just now"), (59, "just now"), (60, "1 min ago"),
            (3599, "59 min ago"), (3600, "1 h ago"),
            (86_399, "23 h ago"), (86_400, "1 day ago"), (13 * 86_400, "13 days ago"),
            (14 * 86_400, "2 weeks ago"),
            (61 * 86_400, "2 months ago"), (366 * 86_400, "1 year ago"), (800 * 86_400, "2 years ago"),
        ],
    )  # fmt: skip
    def test_in_words(self, seconds, said):
        now = datetime(2026, 11, 23, 8, tzinfo=UTC)
        assert text.ago(now - timedelta(seconds=seconds), now) == said


def cpu(call, value) -> float:
    """Return the CPU seconds of the quickest of three calls."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        call(value)
        taken.append(time.process_time() - start)
    return min(taken)


ADVERSARIAL = [
    "\x1b", "\x1b]", "\x1b]0;", "\x1b[", "\x1b[0;", "\x1b[ ", "\x1b ", "\x1bP", "\x9d", "\x90a",
    "\x9b1", "\u0301", "a\u0301", "\u202e", "\ufe0f",
    "\U0001f3f4\U000e0067", "\U000e0067", "\r", " \u200b", "\u200c\xa0", "<", "<b", "<b ", "<a '",
    "<!--", "<!-", "<script>", "</script", "&",
    "&#", "&#9", "&a", "'", "l'", "a'", "a.", "a.b", ".", "1", "1,", "1.", "5 ", "a-1", "-1", "東",
    "ក", "\u093f", "الا", "s", "ß", "ŉ", "ﷺ", "é\u0327",
]  # fmt: skip


@pytest.mark.parametrize("pattern", ADVERSARIAL, ids=ascii)
@pytest.mark.parametrize("gate", [text.plain, text.words, text.width], ids=["plain", "words", "width"])
def test_time_grows_with_the_length_only(gate, pattern):
    """Eight times the input may take eight times as long, give or take; squares would take 64 times."""
    short, long = pattern * (8_000 // len(pattern)), pattern * (64_000 // len(pattern))
    taken = cpu(gate, long)
    assert taken < 0.1 or taken < 24 * cpu(gate, short)


@pytest.mark.parametrize("pattern", ADVERSARIAL, ids=ascii)
def test_one_line_fields_end_soon(pattern):
    """Only the beginning of an endless field is looked at."""
    endless = pattern * (2_000_000 // len(pattern))
    for gate in (text.one_line, text.from_html, text.title, text.address):
        assert cpu(gate, endless) < 1
