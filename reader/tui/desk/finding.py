"""Choosing what is shown: topics, unread only, search and filter."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from reader.model import SavedView, View
from reader.query import Hits, QueryError, as_query, hits, parse, printed, together
from reader.store import Store
from reader.text import one_line
from reader.tui.desk.bringing import Bringing
from reader.tui.panes.prompt import Prompt
from reader.tui.panes.topicbar import FOLLOWING, TOP, VIEW, TopicBar
from reader.tui.speaking import spoken

FILTER_PAUSE = 0.12  # seconds after the last letter before the list is narrowed
COUNT_PAUSE = 0.3  # seconds after the last mark before the saved views are counted
COUNTED = 1_000  # unread articles of a view that the bar counts: beyond, nobody reads the number
FOLLOWED = SavedView("Following", "followed")
ASKED = 'words "a phrase" -without (this OR that) title: topic: source: since:2d unread'


class Finding(Bringing):
    """The part of the desk that narrows and widens the view."""

    _to_top = False  # the view has changed: begin at the top of the list
    _unsearched = View()  # what was shown before a search

    # Topics

    def on_topic_bar_chosen(self, event: TopicBar.Chosen) -> None:
        """Show a topic."""
        self.show_topic(event.topic)

    def show_topic(self, topic: str) -> None:
        """Show a topic, "" for all; or TOP, FOLLOWING, VIEW and a saved view's name. It ends a search."""
        saved = next((view for view in self.config.views if VIEW + view.name == topic), None)
        saved = FOLLOWED if topic == FOLLOWING else saved
        plain = "" if topic in (TOP, FOLLOWING) or topic.startswith(VIEW) else topic
        query, name = (saved.query, saved.name) if saved else ("", "")
        view = replace(self.view, search="", ranked=False, filter=self.view.filter if topic else "")
        self.view = replace(view, topic=plain, top=topic == TOP, feed=None, query=query, name=name)
        self.headlines.focus()

    def action_top_stories(self) -> None:
        """Show the stories that most sources tell now."""
        self.show_topic(TOP)

    @property
    def chosen(self) -> str:
        """The topic shown, "" for all; or TOP, FOLLOWING, VIEW and a saved view's name."""
        view = self.view
        if view.top:
            return TOP
        if (view.name, view.query) == (FOLLOWED.name, FOLLOWED.query):
            return FOLLOWING
        return VIEW + view.name if view.name else view.topic

    def action_topics(self) -> None:
        """Choose a topic from a list."""
        self.start("choose", self._choose_topic)

    @spoken
    async def _choose_topic(self) -> None:
        from reader.tui.screens.choose import Choice, Choose

        topics = await self.ask(self.shelf.store.lists.topics)
        saved = await self.ask(counted, self.shelf.store, self.config.views, most=None)
        counts = await self.ask(self.shelf.store.lists.counts)
        choices = [
            Choice("Top", "the stories that most sources tell now", TOP),
            *(
                [Choice("Following", "the stories that you follow", FOLLOWING)]
                * bool(self.headlines.followed)
            ),
            Choice("All", f"{counts.unread:,} unread of {counts.total:,}", ""),
        ]
        choices += [
            Choice(view.name, f"{unread:,} unread of {total:,} · {view.query}", VIEW + view.name)
            for view, (unread, total) in zip(self.config.views, saved, strict=True)
        ]
        choices += [
            Choice(topic.name, f"{topic.unread:,} unread of {topic.total:,}", topic.name) for topic in topics
        ]
        topic = await self.app.push_screen_wait(Choose("Topics and views", choices, chosen=self.chosen))
        if topic is not None:
            self.show_topic(topic)

    def choose_topic_number(self, number: int) -> None:
        """Show the topic with this number in the bar."""
        topic = self.topicbar.topic(number)
        if topic is None:
            self.say(f"there is no topic {number}")
        else:
            self.show_topic(topic)

    def action_unread_only(self) -> None:
        """Show unread articles only, or all."""
        self.view = replace(self.view, unread=not self.view.unread)
        self.say("unread only" if self.view.unread else "read and unread")

    # Saved views

    def count_views(self) -> None:
        """Count what is unread in the saved views, a moment after the last mark."""
        if self.config.views:
            self.restart("views", self._count_views)

    @spoken
    async def _count_views(self) -> None:
        await asyncio.sleep(COUNT_PAUSE)
        found = await self.ask(counted, self.shelf.store, self.config.views, most=COUNTED)
        names = (view.name for view in self.config.views)
        self.topicbar.count({name: unread for name, (unread, _) in zip(names, found, strict=True)})

    def action_save_view(self) -> None:
        """Give what is shown now a name, by which the topic bar has it."""
        try:
            query = printed(as_query(self.view))
        except QueryError as error:
            self.complain(str(error))
            return
        if self.view.top or not query:
            self.say("nothing narrows this list · search, filter or choose a topic first")
            return
        self.prompt(Prompt("view", "save view as", text=self.view.name, hint=f"a name for: {query}"))

    @spoken
    async def _save_view(self, name: str) -> None:
        from reader.config.editing import save_view
        from reader.config.queries import NAME_MAX

        if len(name) > NAME_MAX:
            self.complain(f"a name has at most {NAME_MAX} characters")
            return
        saved = SavedView(one_line(name), printed(as_query(self.view)))
        self.config = await self.ask(save_view, self.config, saved)
        self.view = replace(self.whole_view(), query=saved.query, name=saved.name)
        self.say(f"saved as {saved.name}: {saved.query}{self.hint('topics', 'chooses it')}")

    # Search and filter

    def hits(self) -> Hits:
        """What searching and filtering has found, for highlighting."""
        view = self.view
        try:
            found = [hits(parse(text, typing=text == view.search)) for text in (view.query, view.search)]
            return together(*found, hits(parse(view.filter, typing=True), anywhere=True))
        except QueryError:
            return Hits()

    def action_search(self) -> None:
        """Ask for words to search the library for."""
        self.prompt(Prompt("search", "search /", text=self.view.search, hint=ASKED))

    def _search(self, text: str) -> None:
        """Search everything, whatever narrowed the list; asked for nothing, go back to that."""
        if not text:
            self._end_search()
            return
        if not self.view.search:
            self._unsearched = self.view
        self.view = View(grouped=self.view.grouped, search=text, ranked=True)

    def _end_search(self) -> None:
        if self.view.search:
            self._widen(replace(self._unsearched, grouped=self.view.grouped))

    def action_filter(self) -> None:
        """Narrow the headlines while typing."""
        hint = f"of headline or source: {ASKED}"
        self.prompt(Prompt("filter", "filter", text=self.view.filter, hint=hint))

    def prompt(self, prompt: Prompt) -> None:
        """Ask for a line."""
        self.query(Prompt).remove()
        self.mount(prompt, before=self.footer)

    def on_prompt_changed(self, event: Prompt.Changed) -> None:
        """Filter while typing, a moment after the last letter."""
        if event.purpose in ("filter", "search", "mute") and not self._understood(event.text):
            return
        if event.purpose == "filter":
            self._pending = event.text
            self.set_timer(FILTER_PAUSE, self._apply_filter)

    def _apply_filter(self) -> None:
        if self.query(Prompt) and self._understood(self._pending):
            self.view = replace(self.view, filter=self._pending.strip())

    def hide_asked(self, query: str) -> None:
        """Hide what answers a query, if the reader still wants so; the desk knows how."""
        raise NotImplementedError

    def _understood(self, text: str, *, typing: bool = True) -> bool:
        """Tell whether a query can be read, and say where it cannot."""
        try:
            parse(text, typing=typing)
        except QueryError as error:
            self.complain(f"column {error.at + 1}: {error.words}")
            if not typing:
                for prompt in self.query(Prompt):
                    prompt.point(error.at)
            return False
        self.footer.hush()
        return True

    def on_prompt_answered(self, event: Prompt.Answered) -> None:
        """Do what was asked for with the answer; a query that cannot be read stays to be mended."""
        if event.purpose in ("search", "filter", "mute") and not self._understood(event.text, typing=False):
            return
        self._close_prompt()
        if event.purpose == "search":
            self._search(event.text)
        elif event.purpose == "filter":
            self.view = replace(self.view, filter=event.text)
        elif event.purpose == "mute":
            self.hide_asked(event.text)
        elif event.purpose == "view":
            if event.text:
                self.start("views", self._save_view, event.text)
        elif event.text:
            self.answered(event.purpose, event.text)

    def on_prompt_cancelled(self, event: Prompt.Cancelled) -> None:
        """Forget a filter that was being typed."""
        self._close_prompt()
        if event.purpose == "filter":
            self._widen(replace(self.view, filter=""))

    def _close_prompt(self) -> None:
        self.query(Prompt).remove()
        self.headlines.focus()

    def widen(self) -> bool:
        """Take back the last narrowing; False when nothing narrows the view."""
        view = self.view
        if view.filter:
            self._widen(replace(view, filter=""))
        elif view.search:
            self._end_search()
        elif view.topic or view.top or view.feed is not None or view.query:
            self._widen(replace(view, topic="", top=False, feed=None, query="", name=""))
        else:
            return False
        return True

    def _widen(self, view: View) -> None:
        """Show more around the article under the cursor."""
        self.view = view
        self._to_top = self.headlines.selected is None


def counted(store: Store, views: Sequence[SavedView], *, most: int | None) -> list[tuple[int, int]]:
    """Return (unread, all) of each saved view; with `most` unread ones are counted so far, others not."""
    lists = store.lists
    return [
        (
            lists.count(View(query=view.query), unread=True, most=most),
            0 if most else lists.count(View(query=view.query)),
        )
        for view in views
    ]
