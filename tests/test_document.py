"""HTML to a document: text and blocks as a reader would notice them."""

import pytest

from reader import document
from reader.document.marks import label
from tests.outlines import BASE, read


class TestText:
    def test_white_space_folds_as_in_browsers(self):
        assert read("<p>  one\n  two <b> three</b>  <i> four </i></p>") == ["one two *three* _four_"]
        assert read("<b>bo</b>ld w<i>or</i>d") == ["*bo*ld w_or_d"]
        assert read("one&nbsp;&nbsp;two") == ["one\xa0\xa0two"]

    def test_entities_are_decoded_once(self):
        assert read("&amp;lt; AT&amp;T &copy; &#8217; &#146; &bogus;") == ["&lt; AT&T © ’ ’ &bogus;"]

    def test_characters_of_other_languages_of_the_trade_are_text(self):
        assert read("<p>*a* _b_ # c [d](e) | f ` g [/b] [@click=app.quit] {0}</p>") == [
            "*a* _b_ # c [d](e) | f ` g [/b] [@click=app.quit] {0}"
        ]

    def test_styles(self):
        assert read("<strong>b</strong><em>i</em><kbd>c</kbd><del>s</del><u>u</u>") == ["*b*_i_`c`~s~+u+"]
        assert read("<b><i>both</i></b> <span style='font-weight:700'>x</span>") == ["*_both_* *x*"]
        assert read("E=mc<sup>2</sup> H<sub>2</sub>O") == ["E=mc^2^ H,2,O"]

    def test_line_breaks(self):
        assert read("one<br>two") == ["one\ntwo"]
        assert read("<br>one <br/> \n two<br></p>") == ["one\ntwo"]
        assert read("one<br><br>two<br>\n<br><br>three") == ["one", "two", "three"]

    def test_empty_paragraphs_vanish(self):
        assert read("<p>one</p><p></p><p>&nbsp;</p><p><br></p><div> <p>\u200b</p></div><p>two</p>") == [
            "one",
            "two",
        ]

    def test_chinese_lines_join_without_a_space(self):
        assert read("<p>今天\n  北京</p>") == ["今天北京"]
        assert read("<p>今天 北京\nnews</p>") == ["今天 北京 news"]

    def test_plain_text_that_passes_for_html_keeps_its_paragraphs(self):
        assert read("one\ntwo\n\nthree &amp; four") == ["one two", "three & four"]

    def test_short_quotations_readings_formulas(self):
        assert read("<q>So</q> <ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>") == ["“So” 漢(kan)"]
        assert read("<math alttext='x^2'><mi>x</mi><mn>2</mn></math>") == ["x^2"]

    def test_controls_never_come_through(self):
        assert read("a&#x202e;b\x1b[31mc\u009d0;x\u009cd &#xe0041;") == ["abcd"]
        assert read("<p>m<i>" + "\u0301" * 8 + "</i>" + "\u0301" * 8 + "n</p>") == [
            "m_" + "\u0301" * 8 + "_n"
        ]


class TestBlocks:
    def test_headings(self):
        assert read("<h1>One</h1>text<h3>Three <i>x</i></h3>") == ["# One", "text", "### Three _x_"]

    @pytest.mark.parametrize("level", [1, 2])
    def test_a_first_heading_that_repeats_the_title_is_left_out(self, level):
        html = f"<div><h{level}> The  title</h{level}><p>text</p><h2>The title</h2></div>"
        assert read(html, "The Title") == ["text", "## The title"]
        assert read(f"<img src=a.png>{html}", "The title") == ["image [0]", "text", "## The title"]

    def test_other_headings_stay(self):
        assert read("<p>text</p><h1>The title</h1>", "The title") == ["text", "# The title"]
        assert read("<h1>Another</h1>", "The title") == ["# Another"]
        assert read("<h3>The title</h3>", "The title") == ["### The title"]

    def test_nested_lists(self):
        assert read("<ul><li>one<ul><li>deep<ol start=3><li>er</ol></ul></li><li>two</ul>") == [
            ["-", ["one", ["-", ["deep", [3, ["er"]]]]], ["two"]]
        ]

    def test_lists_as_people_write_them(self):
        assert read("<ul><li>one</li><ul><li>deep</li></ul><li>two</li></ul>") == [
            ["-", ["one", ["-", ["deep"]]], ["two"]]
        ]
        assert read("<ol><li>one<li></li><li>three</ol>") == [[1, ["one"], [], ["three"]]]
        assert read("<ul><li></li><li>one</li></ul><ul></ul>") == [["-", ["one"]]]
        assert read("<li>lost<li>items") == [["-", ["lost"], ["items"]]]
        assert read("<ul>text<li>item</ul>") == [["-", ["text"], ["item"]]]

    def test_lists_count_as_browsers_do(self):
        (counted,) = document.from_html("<ol start=8><li>a<li value=20>b<li>c</ol>").blocks
        assert (counted.start, counted.numbers) == (8, (8, 20, 21))
        (counted,) = document.from_html("<ol reversed><li>a<li>b</ol>").blocks
        assert counted.numbers == (2, 1)
        (counted,) = document.from_html("<ol reversed start=9 type=i><li>a<li>b</ol>").blocks
        assert [label(counted, place) for place in (0, 1)] == ["ix", "viii"]
        (counted,) = document.from_html("<ol type=A start=25><li>a<li>b<li>c</ol>").blocks
        assert [label(counted, place) for place in range(3)] == ["Y", "Z", "AA"]
        (counted,) = document.from_html("<ol type=x start=-1><li value=one>a</ol>").blocks
        assert (counted.numbering, label(counted, 0)) == ("1", "0")
        (plain,) = document.from_html("<ul start=7 reversed><li value=3>a</ul>").blocks
        assert (plain.start, plain.numbers) == (1, ())

    def test_boxes_of_tasks_are_ticked_or_not(self):
        html = "<ul><li><input type=checkbox checked> done<li><input type=checkbox>to do</ul><input value=x>"
        assert read(html) == [["-", ["☑ done"], ["☐ to do"]]]

    def test_items_hold_blocks(self):
        assert read("<ul><li><p>one</p><p>more</p><pre>code</pre></li></ul>") == [
            ["-", ["one", "more", "<>code"]]
        ]

    def test_quotations_in_quotations(self):
        html = "<blockquote>he said<blockquote><p>she said</p></blockquote></blockquote>after"
        assert read(html) == [[">", "he said", [">", "she said"]], "after"]
        assert read("<blockquote> </blockquote>") == []

    def test_program_text(self):
        html = '<pre class="x"><code class="language-python">def f():\n    return  1\n\n</code></pre>'
        assert read(html) == ["<python>def f():\n    return  1"]
        assert read("<div class='highlight-source-shell'><pre>a<br>b &lt;c&gt; <b>d</b></pre></div>") == [
            "<shell>a\nb <c> d"
        ]
        assert read("<pre>\n  keep   spaces\n\n  and lines</pre>") == ["<>  keep   spaces\n\n  and lines"]
        assert read("<pre><div>name</div>a\n<div>b</div><div>c\n</div>d</pre>") == ["<>name\na\nb\nc\nd"]
        assert read("<pre><code>name</code><code>a</code></pre>") == ["<>name\na"]
        assert read("<pre data-lang='a b\x1b'>x</pre>") == ["<>x"]

    def test_program_text_beside_line_numbers(self):
        html = "<table><tr><td class=gutter><pre>1\n2</pre></td><td><pre>a\nb</pre></td></tr></table>"
        assert read(html) == ["<>a\nb"]

    def test_tables(self):
        head = "<caption>Votes</caption><thead><tr><th>Who<th>How many</thead>"
        html = f"<table>{head}<tr><td>A<td><b>1</b><tr><td>B</table>"
        assert read(html) == ["_Votes_", ["header", ["Who", "How many"], ["A", "*1*"], ["B", ""]]]
        assert read("<table><tr><td>a<td>b<tr><td>c<td>d</table>") == [["table", ["a", "b"], ["c", "d"]]]

    def test_cells_that_span(self):
        html = "<table><tr><th colspan=2>ab<th>c<tr><td rowspan=2>1<td>2<td>3<tr><td>4<td>5</table>"
        assert read(html) == [["header", ["ab", "", "c"], ["1", "2", "3"], ["", "4", "5"]]]

    def test_cells_say_how_they_are_aligned(self):
        html = (
            "<table><tr><th>a<th>b<th>c<tr><td>1<td align=center>2<td style='text-align: right'>3"
            "<tr><td align=justify>4<td align=left>5<td align=RIGHT>6</table>"
        )
        (table,) = document.from_html(html).blocks
        assert table.aligned == ("", "centre", "right")
        (table,) = document.from_html("<table><tr><td>1<td>2<tr><td>3<td>4</table>").blocks
        assert table.aligned == ()

    def test_headings_of_rows_are_bold(self):
        html = "<table><tr><th><th>A<tr><th>x<td>1</table>"
        assert read(html) == [["header", ["", "A"], ["*x*", "1"]]]

    def test_what_is_said_about_a_picture_or_table_is_a_caption(self):
        for html in (
            "<figure><img src=a alt=x><figcaption>Said <i>so</i></figcaption></figure>",
            "<img src=a alt=x><p class='wp-caption-text'>Said <i>so</i></p>",
        ):
            assert [getattr(block, "caption", None) for block in document.from_html(html, BASE).blocks] == [
                None,
                True,
            ]
        html = "<table><caption>Votes</caption><tr><td>a<td>b<tr><td>c<td>d</table><p>text</p>"
        assert [getattr(block, "caption", None) for block in document.from_html(html).blocks] == [
            True,
            None,
            False,
        ]

    def test_tables_for_layout_dissolve(self):
        html = "<table><tr><td><h2>News</h2><p>one</p><p>two</p><td><table><tr><td>deep</table></table>"
        assert read(html) == ["## News", "one", "two", "deep"]

    def test_definitions(self):
        html = "<dl><dt>A<dd>first<dd>second<dt>B<dt>C<dd><ul><li>x</ul></dl>"
        assert read(html) == [["dl", ("A", ["first"]), ("", ["second"]), ("B", []), ("C", [["-", ["x"]]])]]

    def test_details_are_open(self):
        assert read("<details><summary>More</summary>Text</details>") == [["dl", ("▾ More", ["Text"])]]
        assert read(
            "<details><p>a</p><details open><summary>b<img alt=c src=/c></summary></details></details>d"
        ) == [
            ["dl", ("▾ Details", ["a", ["dl", ("▾ b", ["image c[0]"])]])],
            "d",
        ]
        assert read("<details><summary></summary></details><summary>lost</summary>") == ["*lost*"]

    def test_rules_neither_repeat_nor_lead(self):
        assert read("<hr>a<hr><hr><p></p><hr>b<hr>") == ["a", "---", "b"]

    def test_malformed(self):
        assert read("<p>one <b>bold<p>still</b> not <div>x</p></div></i>y") == [
            "one *bold*",
            "*still* not",
            "x",
            "y",
        ]
        assert read("<td>lost</td><tr>row") == ["lostrow"]
        assert read("a < b and <3 </ c") == ["a < b and <3"]
        assert read("<p title='a>b' class=x>c</p") == ["c"]

    @pytest.mark.parametrize(
        "element",
        [
            "script",
            "style",
            "iframe",
            "object",
            "form",
            "template",
            "noscript",
            "select",
            "textarea",
            "title",
        ],
    )
    def test_never_drawn(self, element):
        assert read(f"one <{element}>secret <p>secret</p></{element}>two") in (["one two"], ["one", "two"])

    def test_hidden_is_not_shown(self):
        html = (
            "<div style='display: none'>preview</div><span hidden>x</span>"
            "<i class='a sr-only'>y</i><b aria-hidden=true>z</b>seen"
        )
        assert read(html) == ["seen"]
        assert document.plain_text(html) == "seen"
