"""Where fuzzing begins: small honest and hostile inputs, and the words that inputs are made of."""

from __future__ import annotations

from tests.test_parse import ATOM, RSS

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://a.example/"><title>R</title></channel><item rdf:about="https://a.example/1">
<title>One</title><link>https://a.example/1</link><description>Text</description></item></rdf:RDF>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [{"id": "1", "url":
"https://a.example/1", "title": "One", "content_html": "<p>a</p>", "date_published": "2026-11-22T10:00:00Z",
"authors": [{"name": "Ann"}], "tags": ["x"], "attachments": [{"url": "https://a.example/a",
"size_in_bytes": 9}]}]}"""
OPML = """<opml version="2.0"><body><outline text="World"><outline type="rss" text="A &amp; B"
xmlUrl="https://a.example/f" htmlUrl="https://a.example/"/><outline xmlUrl="file:///etc/passwd"/></outline>
</body></opml>"""
URLS = 'https://a.example/f "World" "~A title"\n"query:x:unread = \\"yes\\"" # no\nexec:rm\n|cmd\n'
HTML = """<h1>A title</h1><p>Text <b>bold</b> <a href="/x">link</a> <a href="javascript:x">x</a><ul><li>a
<ol><li>b</ol></ul><table><tr><th colspan=2>h<tr><td rowspan=2>1<td>2</table>
<pre><code class="language-py">x = 1</code></pre><blockquote>q</blockquote>
<img src="a.png" alt="p"><dl><dt>t<dd>d</dl><script>x</script><svg><title>s</title></svg>&#27;[2J&#x9d;"""
PAGE = """First headline | Second headline |

The headline of the page

Phnom Penh, June 13, 2024: The first paragraph. See https://a.example/x.

Related News
- One that is given as related
"""
MARKDOWN = """---\ntitle: T\ndate: 2026-11-22\ntags: [a, b]\n---\n# Head\n\n*a* [l](https://a.example) `c`
\n| a | b |\n|--|--|\n| 1 | 2 |\n"""
CONFIG = """opener = ["x", "-y"]\n[fetch]\ntimeout = 3\n[ui]\ntheme = "nord"\n[keys]\nopen = "x"
[topics.World]\nkeywords = ["a"]\nquery = "b -c"\n[feeds."https://a.example/f"]\nheaders = {X = "1"}\n"""
TEXT = "a \x1b]0;x\x07\x9b1m\u202e👩\u200d👧 न\u094dते \U0001f3f4\U000e0067\U000e007f e\u0301\u0301 "
ADDRESS = "https://bücher.example:80/../x?y#z"

_FEEDS = (RSS, ATOM, RDF, JSON)
SEEDS: dict[str, tuple[str, ...]] = {
    "text": (
        TEXT + ADDRESS,
        ADDRESS,
        "HTTP://[::1]:8080/%zz",
        "http://0x7f.1/",
        "-P evil",
        "a@b://c",
        "[@click=app.quit]",
    ),
    "document": (HTML, MARKDOWN, PAGE),
    "parse": (*_FEEDS, f"<?xml version='1.0' encoding='utf-16'?>{RSS}"),
    "parsers": _FEEDS[:3],
    "opml": (OPML, URLS),
    "local": (PAGE, MARKDOWN, HTML, RSS),
    "query": ('alpha "beta gamma" -delta', "日本 O'Neill's", '"a* NEAR(b) OR c:d ^e'),
    "config": (CONFIG,),
}
MARKS = (
    *("<", ">", "</", "/>", "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE x [", "<!ENTITY a 'b'>", "&a;"),
    *("&amp;", "&#27;", "&#x9d;", "&lt;b&gt;", "\x1b]0;", "\x1b[2J", "\x07", "\x9b", "\x9d", "\u202e"),
    *("\u2066", "\ufeff", "\ud800", "\udfff", "\uffff"),
    *("\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "\U000e0041", "\u200d", "\x00", "\r", "\n"),
    *("\n\n", "\t", " ", '"', "'", "=", "xml:base='", "href='", "javascript:", "http://"),
    *("https://a.example/", "//", "[", "]", "(", ")", "{", "}", "|", "- ", "# ", "---\n", "***", "``` "),
    *("> ", "1. ", "<item>", "</item>", "<entry>", "<title>", "</title>", "<link>", "<table>", "<tr>"),
    *("<td>", "<li>", "<a>", "</p>", "<template>", "<form>", "<math>"),
)  # fmt: skip
"""Pieces that the grammars give a meaning."""
