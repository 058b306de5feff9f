"""An article written out for other programs: as text, Markdown, HTML, or its address alone."""

from __future__ import annotations

import html

from reader.model import Article
from reader.text import address

WIDTH = 76  # columns: longer lines tire the eye
_MARKS = "\\`*_[]<>#|~"


def written(article: Article, form: str) -> str:
    """Return an article in one of the forms that a command may ask for."""
    return {"markdown": _markdown, "text": _text, "html": _html, "address": _address}[form](article) + "\n"


def _address(article: Article) -> str:
    return address(article.url)


def _byline(article: Article) -> str:
    when = article.headline.published.astimezone()
    parts = (article.headline.source, article.author, f"{when:%d %B %Y, %H:%M}".lstrip("0"))
    return " · ".join(part for part in parts if part)


def _text(article: Article) -> str:
    from reader import document

    head = "\n".join(part for part in (article.headline.title, _byline(article), _address(article)) if part)
    files = "\n".join(each.url for each in article.enclosures)
    body = document.to_text(document.from_html(_body(article), article.url, whole=True), WIDTH).strip("\n")
    return "\n\n".join(part for part in (head, body, files) if part)


def _markdown(article: Article) -> str:
    from reader import document

    title = "".join(f"\\{char}" if char in _MARKS else char for char in article.headline.title)
    link = f"<{_address(article)}>" if _address(article) else ""
    body = document.to_markdown(document.from_html(_body(article), article.url, whole=True)).strip("\n")
    return "\n\n".join(part for part in (f"# {title}", _byline(article), link, body) if part)


def _html(article: Article) -> str:
    """Return the article as its feed states it, below its headline."""
    return f"<h1>{html.escape(article.headline.title)}</h1>\n{_body(article)}"


def _body(article: Article) -> str:
    return article.html or article.summary
