"""Strangers' text made safe: what the gates let through, and what they take out."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader import text
from tests.hostile import anything, cpu, is_safe

ESC = "\x1b"


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


ADVERSARIAL = [
    "\x1b", "\x1b]", "\x1b]0;", "\x1b[", "\x1b[0;", "\x1b[ ", "\x1b ", "\x1bP", "\x9d", "\x90a",
    "\x9b1", "\u0301", "a\u0301", "\u0301\u0327", "\u202e", "\ufe0f",
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
