"""XML made fit for parsers, whatever stands before, between and instead of it."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.xmltext import clean, repair, root_name, without_doctypes

ROOT = "<rss version='2.0'><channel/></rss>"


@pytest.mark.parametrize(
    "prolog",
    [
        "",
        '\ufeff\n <?xml version="1.0"?>\n',
        '<?xml version="1.0"?><?xml-stylesheet href="x"?><!-- a > b <c> -->',
        "<!DOCTYPE rss>",
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">',
        '<!DOCTYPE rss [<!ENTITY a ">]>"><!ENTITY b \'<rss>\'><!-- " ]> --><?x ]> ?>\n]>',
        '<!doctype rss [\n<!ENTITY x SYSTEM "file:///etc/passwd">\n] >',
        "Notice: x < y in z.php\n",
        "<br />\n<b>Warning</b>: headers in <b>/x.php</b> on line <b>3</b><br />\n<?xml version='1.0'?>",
        "<!DOCTYPE a><!DOCTYPE b [ ]><!---->",
    ],
)
def test_the_document_begins_with_its_outermost_element(prolog):
    assert clean(prolog + ROOT) == ROOT


@pytest.mark.parametrize(
    "text", ["", "plain words", "a < b", "<", "<!--", "<?", "<!DOCTYPE rss [", "<!DOCTYPE rss"]
)
def test_no_element_no_document(text):
    assert clean(text) == ""


def test_a_document_behind_endless_junk_is_none():
    assert clean("<" * 900 + ROOT) == ROOT
    assert clean("<" * 1_100 + ROOT) == ""


def test_a_web_page_is_not_searched_for_a_feed():
    assert root_name(clean("<!DOCTYPE html><html><pre><rss></pre>")) == "html"


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("<t>a\x00b\x0bc</t>", "<t>abc</t>"),
        ("<t>a\x1b]0;evil\x07b&#27;[2Jc&#x1B;]52;c;x&#7;d</t>", "<t>abcd</t>"),
        ("<t>\x1b]0;open</t><i/>\x07", "<t>]0;open</t><i/>"),
        ("<t>&#xD800;&#x110000;&#99999999999;&#xFFFE;</t>", "<t>\ufffd\ufffd\ufffd\ufffd</t>"),
        ("<t>&#65;&#X41;&#x20;&#10;</t>", "<t>&#65;&#x41;&#x20;&#10;</t>"),
    ],
)
def test_what_xml_forbids_goes(source, wanted):
    assert clean(source) == wanted


def test_ampersands_and_htmls_entities_become_legal():
    broken = "<t>AT&T &nbsp;&eacute; &bogus; &amp; &lt; &#65; &x; &#; <![CDATA[&nbsp; & ]]><!-- & --></t>"
    mended = (
        "<t>AT&amp;T \xa0é &amp;bogus; &amp; &lt; &#65; &amp;x; &amp;#; <![CDATA[&nbsp; & ]]><!-- & --></t>"
    )
    assert repair(broken) == mended
    assert repair(mended) == mended


def test_declarations_inside_become_text():
    assert without_doctypes("<t><!DOCTYPE x><![CDATA[<!DOCTYPE x>]]><![if]>") == (
        "<t>&lt;!DOCTYPE x><![CDATA[<!DOCTYPE x>]]>&lt;![if]>"
    )


@pytest.mark.parametrize(
    "pump",
    [
        "<!DOCTYPE x [",
        "<!DOCTYPE x [>",
        "<!-- ",
        "<![CDATA[",
        "<? ",
        "\n",
        "< ",
        "&",
        "&a",
        "&#",
        "\x1b]",
        "<!",
        "<a ",
    ],
)
def test_time_stays_in_proportion(pump):
    text = pump * (600_000 // len(pump)) + ROOT
    start = process_time()
    for work in (clean, repair, without_doctypes):
        work(text)
    assert process_time() - start < 3


@given(st.text(st.sampled_from("<>!?[]-&;#x0'\"/ aDOCTYPE\x1b\x00\n"), max_size=80))
def test_any_text_is_cleaned(text):
    cleaned = clean(text)
    assert cleaned == "" or root_name(cleaned)
    assert "\x00" not in cleaned
    assert repair(repair(cleaned)) == repair(cleaned)
