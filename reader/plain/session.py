"""What is being read in plain mode, and what each word does: every act returns the lines that answer it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from reader import document, library
from reader.model import Article, Headline, Related, View
from reader.plain import saying
from reader.plain.marking import Marking
from reader.plain.words import WORDS, WordError, explained, number, understood
from reader.query import parse
from reader.records import dataclass
from reader.store import Store
from reader.text import NewsreadError

PAGE = 10  # headlines said at once: more are forgotten before the last is heard
NEIGHBOURS = 12  # as beside the article on the desk


@dataclass(frozen=True, slots=True)
class Hands:
    """What reaches out of the library."""

    open: Callable[[str], str]
    """Opens an address outside and returns what is to be said. Raises NewsreadError."""
    refresh: Callable[[], Iterator[str]] | None = None
    """Fetches what is due and says how it goes; None where there is nothing to fetch."""


class Session:
    """A library, the view of it, and the article that is read."""

    def __init__(self, store: Store, hands: Hands, *, grouped: bool = True, marks_read: bool = True) -> None:
        self.store, self.hands, self._marks_read = store, hands, marks_read
        self.view = View(grouped=grouped)
        self.over = False
        self.article: Article | None = None
        self._marking = Marking(store)
        self._ids: Sequence[int] = array("q")
        self._said = 0  # headlines said so far
        self._at = -1  # the place in the list of the article that was read last
        self._history: list[int] = []
        self._near: tuple[Related, ...] = ()
        self._reload()

    def do(self, line: str) -> Iterator[str]:
        """Return the lines that answer a line that was typed; what cannot be done is said."""
        try:
            if line.strip():
                word, rest = understood(line)
                yield from getattr(self, word.name)(rest)
        except NewsreadError as error:
            yield saying.spoken(f"Not done: {error}.")

    # Lists

    def begin(self) -> Iterator[str]:
        """Return what is said at the start."""
        yield from self.where()
        yield from self.more()
        yield "Type a number to read, help for all words, quit to leave."

    def where(self, _: str = "") -> Iterator[str]:
        """Say what is shown."""
        cut, counts = self.store.lists.cut(self.view), self.store.lists.counts()
        yield saying.view(self.view, len(self._ids), counts, _now(), cut=cut)

    def list(self, _: str = "") -> Iterator[str]:
        """Say the list from its beginning."""
        self._reload()
        yield from self.where()
        yield from self.more()

    def more(self, _: str = "") -> Iterator[str]:
        """Say the next headlines."""
        ids = self._ids[self._said : self._said + PAGE]
        if not ids:
            yield "These were all." if self._ids else "There is nothing here."
            return
        for place, row in enumerate(self.store.lists.rows(ids), self._said + 1):
            yield saying.headline(place, row, _now())
        self._said += len(ids)
        if left := len(self._ids) - self._said:
            yield f"{saying.counted(left, 'more headline')}: more."

    def all(self, _: str = "") -> Iterator[str]:
        """Show all."""
        yield from self._show(View(grouped=self.view.grouped))

    def unread(self, _: str = "") -> Iterator[str]:
        """Show unread ones only."""
        yield from self._show(replace(self.view, unread=True, starred=False))

    def starred(self, _: str = "") -> Iterator[str]:
        """Show starred ones only."""
        yield from self._show(replace(self.view, unread=False, starred=True))

    def topics(self, _: str = "") -> Iterator[str]:
        """Say the topics."""
        found = self.store.lists.topics()
        for place, topic in enumerate(found, 1):
            yield saying.topic(place, topic)
        if not found:
            yield "There are no topics yet."

    def topic(self, name: str) -> Iterator[str]:
        """Show one topic, or every one."""
        names = [topic.name for topic in self.store.lists.topics()]
        if name.isdecimal() and 1 <= number(name) <= len(names):
            name = names[number(name) - 1]
        found = next((each for each in names if each.casefold() == name.casefold()), "")
        if name and not found:
            raise WordError(f"there is no topic {name!r}; topics lists them")
        yield from self._show(replace(self.view, topic=found))

    def search(self, words: str) -> Iterator[str]:
        """Show what holds these words, or everything."""
        parse(words)  # nobody is typing any more: what is not finished is a mistake
        yield from self._show(replace(self.view, search=f"{words} " if words else ""))  # the last is whole

    def _show(self, view: View) -> Iterator[str]:
        before, self.view = self.view, view
        try:
            self._reload()
        except NewsreadError:
            self.view = before
            raise
        yield from self.where()
        yield from self.more()

    def _reload(self) -> None:
        self._ids, self._said, self._at = self.store.lists.ids(self.view), 0, -1

    # Reading

    def read(self, rest: str = "") -> Iterator[str]:
        """Read an article of the list."""
        place = number(rest) if rest else self._at + 2
        if not 1 <= place <= len(self._ids):
            many = saying.counted(len(self._ids), "headline")
            raise WordError(f"there is no number {place}: the list has {many}")
        self._at = place - 1
        self._said = max(self._said, place)
        yield from self._open(self._ids[self._at])

    def next(self, _: str = "") -> Iterator[str]:
        """Read the next unread article of the list."""
        yield from self._unread(range(self._at + 1, len(self._ids)), "after this one")

    def previous(self, _: str = "") -> Iterator[str]:
        """Read the unread article before."""
        yield from self._unread(range(self._at - 1, -1, -1), "before this one")

    def _unread(self, places: range, where: str) -> Iterator[str]:
        for start in range(0, len(places), 200):
            some = places[start : start + 200]
            rows = {row.id: row for row in self.store.lists.rows([self._ids[place] for place in some])}
            for place in some:
                if (row := rows.get(self._ids[place])) and not row.read:
                    yield from self.read(str(place + 1))
                    return
        yield f"Nothing unread {where}."

    def back(self, _: str = "") -> Iterator[str]:
        """Read the article that one came from."""
        if not self._history:
            raise WordError("there is no article before this one")
        id = self._history.pop()
        self.article = None
        yield from self._open(id)

    def related(self, rest: str = "") -> Iterator[str]:
        """Say what else was written, or read one of these."""
        article = self._open_article()
        if rest:
            yield from self._open(self._neighbour(number(rest)).id)
            return
        self._near = library.related(self.store, article.headline.id, limit=NEIGHBOURS)
        for place, item in enumerate(self._near, 1):
            yield saying.neighbour(place, item, _now())
        yield "related NUMBER reads one, back returns." if self._near else "Nothing else about this yet."

    def _neighbour(self, place: int) -> Headline:
        if not 1 <= place <= len(self._near):
            raise WordError(f"there is no related article {place}; related lists them")
        found = self._near[place - 1].headline
        if found.bare:
            raise WordError("only its headline is known: a page names it without telling the article")
        return found

    def _open(self, id: int) -> Iterator[str]:
        article = self.store.articles.get(id)
        if article is None:
            raise WordError("this article is no longer in the library; list shows what is")
        if self.article is not None and self.article.headline.id != id:
            self._history = [*self._history, self.article.headline.id][-100:]
        self.article, self._near = article, ()
        yield from saying.article_head(article)
        text = document.to_text(self._document(article), saying.WIDTH)
        yield saying.spoken(text).strip("\n") or "The feed gives no text; open shows its page."
        self.store.marks.opened(id)
        if self._marks_read:
            yield from self._marking.read(id, read=True, aloud=False)

    @staticmethod
    def _document(article: Article) -> document.Document:
        html = article.html or article.summary
        return document.from_html(html, article.url, article.headline.title, whole=True)

    def _open_article(self) -> Article:
        if self.article is None:
            raise WordError("no article is open; a number reads one")
        return self.article

    # Links

    def links(self, _: str = "") -> Iterator[str]:
        """Say the links of the article."""
        links = self._document(self._open_article()).links
        for place, link in enumerate(links, 1):
            yield saying.spoken(f"{place}. {link.url}")
        yield "open NUMBER opens one." if links else "It has no links."

    def open(self, rest: str = "") -> Iterator[str]:
        """Open the article, or one of its links, outside."""
        article = self._open_article()
        url = article.url
        if rest:
            links = self._document(article).links
            if not 1 <= number(rest) <= len(links):
                raise WordError(f"there is no link {number(rest)}; links lists them")
            url = links[number(rest) - 1].url
        yield saying.spoken(self.hands.open(url))

    # Marks

    def star(self, rest: str = "") -> Iterator[str]:
        """Star an article, or take its star away."""
        row = self._row(rest)
        yield from self._marking.star(row.id, starred=not row.starred)

    def mark(self, rest: str = "") -> Iterator[str]:
        """Mark an article read or unread, or all that is shown as read."""
        if rest.casefold() == "all":
            yield from self._marking.all(self.view)
            return
        row = self._row(rest)
        yield from self._marking.read(row.id, read=not row.read)

    def undo(self, _: str = "") -> Iterator[str]:
        """Take the last mark back."""
        yield from self._marking.undo()

    def _row(self, rest: str) -> Headline:
        """Return the headline with this number in the list, or that of the open article, as it is now."""
        if rest and not 1 <= number(rest) <= len(self._ids):
            raise WordError(f"there is no number {number(rest)}: the list ends at {len(self._ids)}")
        id = self._ids[number(rest) - 1] if rest else self._open_article().headline.id
        rows = self.store.lists.rows((id,))
        if not rows:
            raise WordError("this article is no longer in the library")
        return rows[0]

    # The rest

    def refresh(self, _: str = "") -> Iterator[str]:
        """Fetch what is due."""
        if self.hands.refresh is None:
            raise WordError("these sources are read for this time only: there is nothing to fetch")
        for line in self.hands.refresh():
            yield saying.spoken(line)
        yield from self.list()

    def help(self, rest: str = "") -> Iterator[str]:
        """Say the words."""
        if rest:
            word, _ = understood(rest)
            yield explained(word)
            return
        yield "A number alone reads that headline."
        yield from map(explained, WORDS)

    def quit(self, _: str = "") -> Iterator[str]:
        """Leave."""
        self.over = True
        yield "Goodbye."


def _now() -> datetime:
    return datetime.now(UTC)
