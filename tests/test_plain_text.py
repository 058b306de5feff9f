"""The short ways to plain text say the same as the long ones."""

import random

import pytest
from selectolax.lexbor import LexborHTMLParser

from reader.document import plain
from reader.text import cleaning, gate

LONG = 10_000
PIECES = (
    *("<p>", "</p>", "<div class=a>", "</div>", "<br>", "</br>", "<li>", "<b>", "</b>", "</a>", "<pre>\n"),
    *("<table>", "<tr>", "<td>", "</table>", "<svg>", "<math>", "<image>", "<template>", "<textarea>"),
    *("<a href='x>y'>", "<a href='x\"y'>", "<p a\"b='c'>", "<p <=3>", "<x:y z=1>", "<!-- class='p'>"),
    *("<script>", "</script>", "<!--", "-->", "<!doctype x>", "<p hidden>", "<i class=sr-only>"),
    *("<p style='display&#58;none'>", "word ", "&amp;lt;", "&lt;b&gt;", "&nbsp;", "\n \n", "\t", "ច", "é "),
)
CHARACTERS = [
    *map(chr, [*range(0x300), *range(0x2000, 0x2100)]),
    *"абвқ҉ѓ⃣★🤔🏽🇩한漢ーガの\u20d0\u302aहិ\u0301\ufe0f\u200d\U0001f3f4\U000e0067\ufeff\ud800",
]


def walked(html):
    return plain._squeezed(plain._walked(LexborHTMLParser("<body>" + html).root, LONG))


@pytest.mark.parametrize("seed", range(20))
def test_text_out_of_written_html_is_that_of_the_tree(seed):
    chosen = random.Random(seed)
    for _ in range(200):
        html = "".join(chosen.choices(PIECES, k=chosen.randrange(20)))
        assert plain.words(html, LONG) == walked(html)


def test_what_no_reader_sees_is_no_text_either():
    html = "<p>seen<span class=sr-only>not</span><script>not</script><!-- not --><i>, too</i></p>"
    assert plain.words(html, LONG) == "seen, too"


def test_long_text_is_cut_where_the_tree_s_is():
    html = "<p></p>" + "<p>word</p>" * 400
    whole = plain._walked(LexborHTMLParser("<body>" + html).root, 1_000)
    assert plain.words(html, 1_000) == plain._squeezed(whole)


def test_the_gate_knows_text_that_needs_no_cleaning():
    chosen = random.Random(1)
    for _ in range(5_000):
        some = "".join(chosen.choices(CHARACTERS, k=3) + chosen.choices("ab \n…—\u0301", k=12))
        assert gate.plain(some) == cleaning.clean(some)
