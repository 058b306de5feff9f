"""Documents as text and Markdown, and back; text for the index; plain text and Markdown to documents."""

from hypothesis import assume, example, given
from hypothesis import strategies as st

from reader import document, text
from reader.document import Document, Heading, ListBlock, Paragraph, Quote
from tests.outlines import BASE, every_text, outline


class TestPlainText:
    def test_a_line_for_each_block(self):
        html = (
            "<h1>Head</h1><p>On<b>e</b> &amp; two<br>three</p><ul><li>four<li>five</ul>"
            "<script>x</script><table><tr><td>six<td>seven</table>"
        )
        assert document.plain_text(html) == "Head\nOne & two\nthree\nfour\nfive\nsix\nseven"

    def test_is_limited(self):
        assert len(document.plain_text("<p>word</p>" * 1000, 60)) <= 60
        assert document.plain_text("no  markup\x1b[31m", 100) == "no markup"


class TestTextDocuments:
    def test_paragraphs_and_links(self):
        shown = document.from_text("One line\nshort\n\n  \n\nSee https://a.test/x. (http://b.test)")
        assert outline(shown.blocks) == ["One line\nshort", "See https://a.test/x[0]. (http://b.test[1])"]
        assert [link.url for link in shown.links] == ["https://a.test/x", "http://b.test/"]

    def test_lines_that_a_program_broke_join(self):
        long = "x" * 60
        assert outline(document.from_text(f"{long}\n{long}\nend").blocks) == [f"{long} {long} end"]

    def test_markdown(self):
        words = "# Title\n\nSome *text* [x](/a) <b>not</b>\n\n- one\n  1. two\n"
        shown = document.from_markdown(f"{words}\n| a | b |\n|---|---|\n| 1 | 2 |\n", BASE, "Title")
        assert outline(shown.blocks) == [
            "Some _text_ x[0] <b>not</b>",
            ["-", ["one", [1, ["two"]]]],
            ["header", ["a", "b"], ["1", "2"]],
        ]


SAMPLE = """<h2>Votes &amp; <i>more</i></h2>
<p>Said <b>she</b>: <a href="/a">see [this]</a>, H<sub>2</sub>O, 1. *not*<br>- a list</p>
<ul><li>one long line that has to be broken somewhere<ul><li>deep</ul><li>two</ul>
<ol start=9><li><p>a</p><p>b</p><li>c</ol>
<blockquote><p>quoted</p></blockquote><pre><code class=language-py>x = 1

y  = 2</code></pre><hr><table><tr><th>a|b<th>c<tr><td>1<td>22</table>
<img src=/p.png alt="A cat"><dl><dt>Term<dd>Meaning</dl>"""

AS_TEXT = """\
Votes & more
------------

Said she: see [this][1], H₂O, 1.
*not*
- a list

- one long line that has to be
  broken somewhere
  - deep
- two

9. a

   b

10. c

> quoted

    x = 1

    y  = 2

               * * *

a|b | c
----+---
1   | 22

[image: A cat] [2]

Term
    Meaning

[1] https://site.test/a
[2] https://site.test/p.png
"""

AS_MARKDOWN = """\
## Votes & *more*

Said **she**: [see \\[this\\]](<https://site.test/a>), H₂O, 1. \\*not\\*\\
\\- a list

- one long line that has to be broken somewhere
  - deep
- two

9. a

   b

10. c

> quoted

```py
x = 1

y  = 2
```

***

| a\\|b | c |
| --- | --- |
| 1 | 22 |

![A cat](<https://site.test/p.png>)

Term

- Meaning
"""


class TestWriters:
    def test_text(self):
        assert document.to_text(document.from_html(SAMPLE, BASE), 36) == AS_TEXT

    def test_markdown(self):
        assert document.to_markdown(document.from_html(SAMPLE, BASE)) == AS_MARKDOWN

    def test_markdown_means_the_same(self):
        shown = document.from_html(
            SAMPLE.partition("<dl>")[0]
            .replace("<sub>2</sub>", "₂")
            .replace('<img src=/p.png alt="A cat">', ""),
            BASE,
        )
        assert document.from_markdown(document.to_markdown(shown)).blocks == shown.blocks

    @given(
        st.lists(
            st.tuples(
                st.text("ab*_`[]<>#+-.1 ~|\\&:=()!\n", min_size=1, max_size=12),
                st.booleans(),
                st.booleans(),
                st.booleans(),
            ),
            min_size=1,
            max_size=5,
        )
    )
    @example([("#", False, False, False)])
    @example([("1.", False, False, False)])
    @example([("a", True, False, False), ("b", False, True, False)])
    @example([("a\n-", False, False, False)])
    def test_markdown_keeps_every_word(self, pieces):
        """What reads the Markdown again finds the same characters, whatever they mean in Markdown."""
        said = "".join(words for words, *_ in pieces)
        assume(said.strip() == said != "")
        spans = tuple(document.Span(words, bold, italic, code) for words, bold, italic, code in pieces)
        for block in (
            Paragraph(spans),
            Heading(2, spans),
            Quote((Paragraph(spans),)),
            ListBlock(((Paragraph(spans),),), True, 7),
        ):
            again = document.from_markdown(document.to_markdown(Document((block,))))
            assert "".join("".join(every_text(again.blocks)).split()) == "".join(said.split()), (
                document.to_markdown(Document((block,)))
            )

    def test_lists_in_a_row_stay_apart(self):
        shown = document.from_html("<ol><li>a</ol><ol><li>b</ol><ol><li>c</ol>")
        assert document.from_markdown(document.to_markdown(shown)) == shown

    def test_nothing(self):
        assert document.to_text(Document()) == document.to_markdown(Document()) == ""

    def test_wide_tables_are_told_row_by_row(self):
        shown = document.from_html(
            "<table><tr><th>Name<th>Story<tr><td>A<td>" + "long " * 20 + "<tr><td>B<td>short</table>"
        )
        lines = document.to_text(shown, 40).split("\n")
        assert lines[0] == "Name: A"
        assert lines[-3:] == ["Name: B", "Story: short", ""]
        assert max(map(len, lines)) <= 40

    def test_wide_characters_are_wrapped_by_cells(self):
        lines = document.to_text(
            document.from_html("Tokyo: " + "東京で会議が開かれ" * 10 + " and words"), 21
        ).split("\n")
        assert max(map(text.width, lines)) <= 21
        assert min(map(text.width, lines[:-2])) >= 20

    def test_khmer_breaks_between_words(self):
        lines = document.to_text(document.from_html("កម្ពុជា\u200b" * 30), 40).split("\n")
        assert all(line.rstrip("\u200b").endswith("កម្ពុជា") for line in lines if line)
