"""What is being gathered while a document is read: the feed's own values, or those of one entry."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from typing import NamedTuple

from reader.parse.quick import texts
from reader.parse.raw import Markup, RawEntry, RawFile
from reader.parse.xml import placed
from reader.records import dataclass

Tag = tuple[str | None, str | None, str | None]
"""Term, scheme and label of a category: equal in all three is said twice."""


class Construct(NamedTuple):
    """A text that says in what it is written, and where addresses in it start."""

    type: str = ""
    lang: str = ""
    base: str = ""
    text: str = ""


@dataclass(slots=True)
class Context:
    """A feed, an entry, or something with fields of its own within them (source, image, textInput).

    The names and the order of events are feedparser's: what a field holds in the end depends on both.
    """

    values: dict[str, str] = field(default_factory=dict)
    details: dict[str, Construct] = field(default_factory=dict)
    depths: dict[str, int] = field(
        default_factory=dict
    )  # in which depth a value was found: a deeper one loses
    latest: dict[str, str] = field(default_factory=dict)  # the last of the dates of a kind
    authors: list[dict[str, str]] | None = None
    author_detail: dict[str, str] | None = (
        None  # may be one of the authors: what is said of it is said of that
    )
    tags: list[Tag] = field(default_factory=list)
    contents: list[Construct] = field(default_factory=list)
    files: list[RawFile] = field(default_factory=list)
    media: list[RawFile] = field(default_factory=list)

    def add_tag(self, term: str | None, scheme: str | None, label: str | None) -> None:
        """Take in a category, once."""
        if (term or scheme or label) and (term, scheme, label) not in self.tags:
            self.tags.append((term, scheme, label))

    def close_tag(self, term: str) -> None:
        """Take in the text of a category element, which may have said the rest in attributes."""
        if term and self.tags and not self.tags[-1][0]:
            self.tags[-1] = (term, *self.tags[-1][1:])
        elif term:
            self.add_tag(term, None, None)

    def open_author(self) -> None:
        """Expect an author."""
        self.authors = [*(self.authors or ()), {}]

    def save_author(self, key: str, value: str, *, publisher: bool = False) -> None:
        """Take in a part of an author; the text of an author before counts first."""
        if not publisher:
            if self.author_detail is None:
                self.author_detail = {}
            self.author_detail[key] = value
        self.sync_author()
        if self.authors is None:
            self.authors = [{}]
        self.authors[-1][key] = value

    def sync_author(self) -> None:
        """Bring an author's text and its parts together, name and mail address."""
        detail = self.authors[-1] if self.authors else {}
        if detail:
            name, email = detail.get("name"), detail.get("email")
            if name and email:
                self.values["author"] = f"{name} ({email})"
            elif name or email:
                self.values["author"] = name or email or ""
            return
        author = self.values.get("author", "")
        if not author:
            return
        mail = texts.MAIL.search(author) if "@" in author else None
        if mail:
            detail["email"] = mail[0]
            author = _without(author, mail[0])
        if (author or mail) and self.author_detail is None:
            self.author_detail = detail
        if author:
            detail["name"] = author

    def author_names(self) -> tuple[str, ...]:
        """Return the authors as they are shown."""
        if not self.authors:
            return (self.values.get("author", ""),)
        listed = [author.get("name") or author.get("email") for author in self.authors]
        return tuple([name for name in listed if name]) or (self.values.get("author", ""),)

    def markup(self, key: str, *, atom: bool) -> Markup:
        """Return a text; only Atom says reliably that one is plain."""
        detail = self.details.get(key)
        plain = atom and detail is not None and detail.type == "text/plain"
        return Markup(self.values.get(key, ""), html=not plain)

    def entry(self, base: str, *, atom: bool) -> RawEntry:
        """Return the entry; `base` is the document's own address."""
        values, contents = self.values, self.contents
        summary = self.details.get("summary")
        details = [*contents, summary] if summary else contents
        first = details[0].base if details else base
        return RawEntry(
            id=placed(values.get("id", "")),
            link=placed(values.get("link", "")),
            title=self.markup("title", atom=atom),
            authors=self.author_names(),
            published=self._date("published") or self._date("created"),
            updated=self._date("updated"),
            summary=self.markup("summary", atom=True),
            contents=tuple([Markup(one.text, html=one.type != "text/plain") for one in contents]),
            base=first if first != base else "",
            categories=tuple([label or term or "" for term, _, label in self.tags]),
            files=(*self._placed_files(), *self.media) if self.files or self.media else (),
            duration=values.get("itunes_duration", ""),
            lang=next((one.lang for one in details if one.lang), "") if details else "",
        )

    def _placed_files(self) -> list[RawFile]:
        return [RawFile(placed(file.url), file.type, file.length) for file in self.files]

    def _date(self, key: str) -> datetime | None:
        if key not in self.values:
            return None
        return texts.date(self.latest.get(key, ""), self.values[key])


def _without(author: str, email: str) -> str:
    """Return an author's text without the mail address and the brackets around it."""
    author = author.replace(email, "").replace("()", "").replace("<>", "").replace("&lt;&gt;", "").strip()
    if author and author[0] == "(":
        author = author[1:]
    if author and author[-1] == ")":
        author = author[:-1]
    return author.strip()
