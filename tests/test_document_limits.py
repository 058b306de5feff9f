"""Any page at all becomes a document that obeys, in work that grows with the page and no faster."""

import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader import document, text
from reader.document import Code, Document, Table
from reader.document.taming import tame
from tests.hostile import HOSTILE, cpu, is_safe
from tests.outlines import BASE, depth, every_spans, every_text, marked, numbers


class TestMuch:
    def test_a_book_is_cut_unless_the_whole_is_asked_for(self):
        html = "<p>" + "word " * 15 + "</p>"
        cut = document.from_html(html * 2000)
        assert cut.truncated
        assert 98_000 < sum(len(marked(block.spans)) for block in cut.blocks) <= document.TEXT_AT_ONCE
        whole = document.from_html(html * 2000, whole=True)
        assert not whole.truncated
        assert len(whole.blocks) == 2000
        assert document.from_text("word\n\n" * 50_000).truncated

    def test_pages_without_end_or_text_are_cut(self):
        endless = "<i></i>" * 300_000 + "text"
        assert document.from_html(endless).truncated
        assert len(document.from_html(endless, whole=True).blocks) == 1
        assert document.plain_text(endless, 100) == ""

    def test_one_endless_word_is_cut(self):
        (block,) = document.from_html("x" * 300_000).blocks
        assert len(marked(block.spans)) == document.TEXT_AT_ONCE

    def test_no_number_of_pictures_is_endless(self):
        assert document.from_html("<img src=/a.png>" * 50_000, BASE).truncated

    def test_deep_structure_is_drawn_at_the_last_depth(self):
        for opening in ("<ul><li>x", "<blockquote>x", "<div><p>x", "<table><tr><td>x", "<dl><dd>x"):
            shown = document.from_html(opening * 2000)
            assert depth(shown.blocks) <= 51
            assert document.plain_text(opening * 2000).count("x") >= 100

    @pytest.mark.parametrize("form", ["a{}=1", 'a{}="1"', "x{}"])
    def test_one_tag_with_fifty_thousand_attributes_takes_no_time(self, form):
        html = "<p " + " ".join(form.format(n) for n in range(50_000)) + ">text"  # Lexbor alone: 10 s
        assert cpu(document.from_html, html) < 1
        assert cpu(document.plain_text, html) < 1

    def test_attributes_of_a_long_tag_are_the_first_in_quotes(self):
        def drawn(more: str, length: int) -> str:
            return tame("x" * 20_000 + f"<p {more}{'a' * (length - len(more) - 1)}>")

        assert 'lang="en"' in drawn('lang="en" plain=1 ', 1000)
        assert "plain=1" in drawn('lang="en" plain=1 ', 1000)
        assert 'lang="en"' in drawn('lang="en" plain=1 ', 1001)
        assert "plain=1" not in drawn('lang="en" plain=1 ', 1001)
        assert drawn('a="1" ' * 200, 1300).count('a="1"') == 100

    def test_short_pages_of_few_tags_are_left_as_they_are(self):
        assert tame("<p" + " a" * 9_998 + ">x") == "<p" + " a" * 9_998 + ">x"
        assert " a a" not in tame("<p" + " a" * 9_998 + ">xy")


# Hostile and honest pages of any shape

TAGS = [
    "p",
    "div",
    "b",
    "i",
    "a",
    "code",
    "pre",
    "ul",
    "ol",
    "li",
    "blockquote",
    "table",
    "tr",
    "td",
    "th",
    "thead",
    "caption",
    "h1",
    "h2",
    "span",
    "font",
    "sub",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "br",
    "hr",
    "img",
    "q",
    "details",
    "summary",
    "script",
    "style",
    "svg",
    "form",
    "video",
    "math",
    "ruby",
    "rt",
    "x-y",
    "section",
    "nobr",
    "button",
]
tag = st.builds(
    "<{}{}{}>".format,
    st.sampled_from(["", "", "/"]),
    st.sampled_from(TAGS),
    st.sampled_from(
        [
            "",
            "",
            " href='/a'",
            " href='javascript:x'",
            " src=/i.png alt=\x1b[2J",
            " class=language-c",
            " colspan=3 rowspan=9",
            " start=7",
            " size=2",
            " title='<b>' ",
            "/",
            " hidden",
        ]
    ),
)
words = st.one_of(
    st.sampled_from([*HOSTILE, "text ", "http://bank.test/", "<", "<!--", "-->", "]]>", "&#27;", "&#x9b;"]),
    st.text(max_size=5),
)
pages = st.lists(st.one_of(tag, words), max_size=60).map("".join)


SHAPES = [
    "<div>{}</div>",
    "<b>{}</b>",
    "<i>{}</i>",
    "<blockquote>{}</blockquote>",
    "<ul><li>{}</li></ul>",
    "<table><tr><td>{}</td></tr></table>",
    "<span title='a < b'>{}</span>",
    "<a href='/x'>x</a>{}",
    "<h2>x</h2>{}",
    "<p>x</p>{}",
    "<pre>{}</pre>",
]
nested = st.recursive(
    st.text("ab é", min_size=1, max_size=5),
    lambda inner: st.builds(
        lambda shape, parts: shape.format("".join(parts)),
        st.sampled_from(SHAPES),
        st.lists(inner, max_size=3),
    ),
    max_leaves=25,
)


def obeys(shown: Document) -> bool:
    assert all(map(is_safe, every_text(shown.blocks)))
    assert all(text.address(link.url) == link.url for link in shown.links)
    assert all(text.one_line(link.text) == link.text for link in shown.links)
    assert all(0 <= number < len(shown.links) for number in numbers(shown.blocks))
    assert all(
        not text.blank("".join(span.text for span in spans)) for spans in every_spans(shown.blocks) if spans
    )
    assert all(span.text for spans in every_spans(shown.blocks) for span in spans)
    assert depth(shown.blocks) <= 51
    assert all(len(set(map(len, block.rows))) == 1 for block in shown.blocks if isinstance(block, Table))
    return True


class TestAnyInput:
    @given(pages, st.sampled_from(["", BASE, "javascript:x"]), st.sampled_from(["", "text"]))
    @example("<table><tr><td rowspan=9>a<tr><tr><td>b<td>c<td>d", "", "")
    @example("<a href=/a><p>x</a></a><a href=/b>", BASE, "")
    def test_html(self, html, base, title):
        shown = document.from_html(html, base, title)
        assert obeys(shown)
        assert is_safe(document.plain_text(html))

    @given(pages, st.integers(40, 100))
    def test_writers(self, html, width):
        shown = document.from_html(html, BASE)
        lines = document.to_text(shown, width).split("\n")
        assert all(map(is_safe, lines))
        code = any(isinstance(block, Code) for block in shown.blocks) or depth(shown.blocks) > 3
        assert code or all(text.width(line) <= width for line in lines if "://" not in line)
        assert is_safe(document.to_markdown(shown))

    @given(st.one_of(st.text(), pages, st.text("*_`[](){}#+-=.!|~<>&\\ \n\t1a:\"'", max_size=80)))
    def test_text_and_markdown(self, value):
        assert obeys(document.from_text(value))
        assert obeys(document.from_markdown(value))

    @pytest.mark.parametrize(
        "sloppy",
        [
            "<p>one<p>two <b>bold</b><p>three",
            "<ul><li>one<li>two<ul><li>deep</ul><li>three</ul>after",
            "<table><tr><td>a<td>b<tr><td>c<td>d</table>after",
            "<blockquote><table><tr><td>a</blockquote><td>b<tr><td>c<td>d</table>in</blockquote>after",
            "<dl><dt>a<dd>b<dt>c<dd>d</dl>after",
            "<a href=/x><img src=/a.png></img></a><a href=/y>one<a href=/z>two",
            "<div>one</b></span></div></div>two<h2>three</h3>four",
            "<p>one</br>two<script>x</script><!-- <p> --><svg/>three<svg><p/></svg>",
            "<p title='<p>' class=x>one <img alt='a > b' src='/x?<y'> two",
            "a < b <3 </ c <p/>d",
        ],
    )
    def test_taming_reads_sloppy_pages_as_browsers_do(self, sloppy):
        shown = document.from_html(sloppy, BASE)
        assert document.from_html(sloppy + "<br>" * 501, BASE) == shown

    @pytest.mark.parametrize(
        "item", ["<p>x", "<li>x", "<dt>x", "<tr><td>x<td>y", "<h2>x</h3>", "<b>x</b><p>", "<font>x<p>"]
    )
    def test_what_is_never_closed_does_not_pile_up(self, item):
        opening = (
            "<table>" if "<td>" in item else "<ul>" if "<li>" in item else "<dl>" if "<dt>" in item else ""
        )
        shown = document.from_html(opening + item * 700)
        assert sum(1 for _ in every_spans(shown.blocks)) >= 700

    @given(pages)
    def test_taming_changes_nothing_that_is_seen(self, html):
        """Tamed twice is tamed once: what is well nested already stays as it is."""
        padding = "<!-- -->" * 501
        once = tame(padding + html)
        assert tame(padding + once) == once

    @given(nested)
    def test_taming_keeps_well_nested_pages(self, html):
        assert document.from_html(html + "<br>" * 501) == document.from_html(html)


def calls(function, *arguments) -> int:
    """Return how many functions, of Python or C, a call takes: a clock that no other process can disturb."""
    count = 0

    def tick(_, event, __):
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(tick)
    try:
        function(*arguments)
    finally:
        sys.setprofile(before)
    return count


def tree(html: str) -> tuple[int, int]:
    """Return how many nodes a page is parsed into, and how deep they stand."""
    from selectolax.lexbor import LexborHTMLParser

    nodes = deepest = 0
    todo = [(LexborHTMLParser(html).root, 1)]
    while todo:
        node, level = todo.pop()
        if node is not None:
            nodes, deepest = nodes + 1, max(deepest, level)
            todo += [(node.next, level), (node.child, level + 1)]
    return nodes, deepest


ADVERSARIAL = [
    "<!--", "<!", "<a", "<a ", "<a href='", "</", "<", "&", "&#", "<div>", "<blockquote>",
    "<ul><li>x", "<b>", "<i a={}>x<p>", "<p><font size={}>x",
    "<font size={}>", "<a href=/{}>x", "<a><div>", "<b><i><u><s><p>x", "<nobr><p>x", "<table>",
    "<table><tr><td>", "<table><font><tr>x",
    "<table><td><div></td>", "<div><table><td></div></table>", "<div><!--</div>-->",
    "<div title='</div>'>", "<dl><dt>x<dd>", "<svg>", "<svg/>x",
    "<select><option>", "<button><p>", "<h1><h2>x", "<ruby><rt>x", "<p title='<div>'>",
    '<p ={}="<div>">', '<a ="><div>">', "<script>",
    "<textarea>", "<template>", "<math><mi>", "<br>x", "<hr>", "<img src=/{}>", "<pre>x", "\u0301",
    "<i></i>\u0301", "x<i></i>", "<li>x", "<td>x",
    "<tr><td colspan=50 rowspan=500>x", "<form><form>", "<p><table>x<tr>", "</p>",
    "<details><summary>x", "<q>", "<a href=http://a.test>www.</a>",
]  # fmt: skip


def page(pattern: str, length: int) -> str:
    count = max(length // len(pattern), 1)
    return "".join(pattern.replace("{}", str(place)) for place in range(count))


class TestBoundedWork:
    @pytest.mark.parametrize("pattern", ADVERSARIAL, ids=ascii)
    def test_trees_grow_with_the_page(self, pattern):
        """HTML's own rules would make a million nodes of 19 kB."""
        html = page(pattern, 60_000)
        nodes, deepest = tree("<body>" + tame(html))
        assert nodes <= len(html) + 1000
        assert deepest <= 500

    @pytest.mark.parametrize("pattern", ADVERSARIAL, ids=ascii)
    def test_work_grows_with_the_page(self, pattern):
        """Four times the page takes about four times the calls; squares would take sixteen times."""
        short, long = page(pattern, 10_000), page(pattern, 40_000)
        for job in (read_whole, document.plain_text):
            assert calls(job, long) <= 6 * calls(job, short) + 2000

    def test_writing_grows_with_the_page(self):
        for pattern in ("東", "word ", "<a href=/{}>x</a>", "<b>x</b>y", "<li>x", "*", "<p>x"):
            short, long = read_whole(page(pattern, 10_000)), read_whole(page(pattern, 40_000))
            for job in (document.to_text, document.to_markdown):
                job(short)  # imports what it writes with
                assert calls(job, long) <= 6 * calls(job, short) + 2000


def read_whole(html: str) -> Document:
    return document.from_html(html, BASE, whole=True)


class TestBeginnings:
    def test_blank_lines_before_program_text_cost_no_more_than_text(self):
        html = "<pre>" + "\n" * 300_000 + "  code</pre>"
        assert cpu(document.from_html, html) < 2, "quadratic work takes a minute"
        assert document.from_html(html).blocks == (Code("  code"),)

    @pytest.mark.parametrize("outer", ["<b>", "<i><b>", "<font><a href=/>"])
    def test_formats_alone_may_be_as_deep_as_anything(self, outer):
        document.from_html(outer * 600 + "<p>text<table><td>cell", BASE)
        assert "text" in tame(outer * 600 + "<p>text")
