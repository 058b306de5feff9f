"""The article of a web page: what the page is about, without menus, notices and neighbours.

Needs the extra `newsread[fulltext]`. Only the sandbox's worker calls this: the parser below is C code, which
nothing in its own process could stop on a strange page.
"""

from __future__ import annotations

import logging
import re

from reader import encoding
from reader.text import NewsreadError

HTML_MAX = 4 * 1024 * 1024
"""Characters of an extracted article: a thick book; what is longer is no article."""
LEAST = 80
"""Characters of text that an article has at least: below, it is a cookie notice or a "please subscribe"."""

_CODE = re.compile(r"<pre>\s*<pre>|</pre>\s*</pre>")  # the extractor indents its output, also around code
_TAG = re.compile(r"<[^>]*>")


class ExtractError(NewsreadError):
    """A page holds no article that could be told apart."""


def article(body: bytes, *, address: str = "", content_type: str = "") -> str:
    """Return a page's article as HTML, its links resolved against `address`. Raises ExtractError."""
    import trafilatura  # 150 ms, and only there with the extra

    logging.disable(logging.CRITICAL)  # it tells of every page that it cannot read
    page = encoding.decode(body, content_type).replace("\0", "")
    found = trafilatura.extract(
        page,
        url=address or None,
        output_format="html",
        fast=True,
        include_comments=False,
        include_formatting=True,
        include_images=True,
        include_links=True,
        include_tables=True,
    )
    html = _CODE.sub(lambda match: "</pre>" if match[0].startswith("</") else "<pre>", found or "")
    if len(_TAG.sub("", html).strip()) < LEAST:
        raise ExtractError("no article was found on this page: open it in the browser")
    if len(html) > HTML_MAX:
        raise ExtractError("this page is far longer than an article: open it in the browser")
    return html
