"""The command palette: every action of the key table, every topic, every theme."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import Matcher

from reader.tui.desk.screen import Desk
from reader.tui.drawing.safe import content
from reader.tui.keys import shown


class DeskCommands(Provider):
    """What one can do at the desk, by name."""

    async def startup(self) -> None:
        """Gather the commands once a palette."""
        self._commands: list[tuple[str, str, Callable[[], object]]] = []
        desk = self.screen
        if not isinstance(desk, Desk):
            return
        for key in desk.keys:
            if key.action in ("palette", "down", "up", "left", "right"):
                continue
            keys = " ".join(shown(name) for name in key.keys)
            self._commands.append((key.text, keys, partial(self._act, desk, key.action)))
        for topic in await desk.ask(desk.shelf.store.lists.topics):
            self._commands.append(
                (f"topic: {topic.name}", f"{topic.unread:,} unread", partial(desk.show_topic, topic.name))
            )
        for name in sorted(desk.app.available_themes):
            self._commands.append((f"theme: {name}", "", partial(desk.wear, name)))

    @staticmethod
    def _act(desk: Desk, action: str) -> None:
        desk.call_later(desk.run_action, action)

    async def discover(self) -> Hits:
        """Show everything before a letter is typed."""
        for text, help, act in self._commands:
            yield DiscoveryHit(self._row(content(text), help), act, text)

    async def search(self, query: str) -> Hits:
        """Show what matches."""
        matcher = self.matcher(query)
        for text, help, act in self._commands:
            if (score := matcher.match(text)) > 0:
                yield Hit(score + _begun(text, query), self._row(self._found(matcher, text), help), act, text)

    @staticmethod
    def _row(found: Content, help: str) -> Content:
        """Put keys or counts on the line of the words, so that many commands fit."""
        return found + content(f"   {help}", "$muted not bold") if help else found

    @staticmethod
    def _found(matcher: Matcher, text: str) -> Content:
        """Highlight the letters that match. (The matcher's own highlighting would parse markup.)"""
        found = content(text)
        for at in matcher.fuzzy_search.match(matcher.query, text)[1]:
            found = found.stylize(matcher.match_style, at, at + 1)
        return found


def _begun(text: str, query: str) -> float:
    """Return what is added to a score: words that begin as asked come first, the first word before others.

    The toolkit's scores lie far below these; alone they put letters strewn over a line beside whole words.
    """
    text, query = text.casefold(), query.strip().casefold()
    return 2_000.0 if text.startswith(query) else 1_000.0 if f" {query}" in text else 0.0
