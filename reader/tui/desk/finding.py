"""Choosing what is shown: topics, unread only, search and filter."""

from __future__ import annotations

from dataclasses import replace

from reader.model import View
from reader.tui.desk.base import spoken
from reader.tui.desk.bringing import Bringing
from reader.tui.panes.prompt import Prompt
from reader.tui.panes.topicbar import TOP, TopicBar

FILTER_PAUSE = 0.12  # seconds after the last letter before the list is narrowed


class Finding(Bringing):
    """The part of the desk that narrows and widens the view."""

    _to_top = False  # the view has changed: begin at the top of the list

    # Topics

    def on_topic_bar_chosen(self, event: TopicBar.Chosen) -> None:
        """Show a topic."""
        self.show_topic(event.topic)

    def show_topic(self, topic: str) -> None:
        """Show a topic, "" for all, TOP for the top stories."""
        top = topic == TOP
        self.view = replace(self.view, topic="" if top else topic, top=top, feed=None)
        self.headlines.focus()

    def action_top_stories(self) -> None:
        """Show the stories that most sources tell now."""
        self.show_topic(TOP)

    @property
    def chosen(self) -> str:
        """The topic shown, "" for all, TOP for the top stories."""
        return TOP if self.view.top else self.view.topic

    def action_topics(self) -> None:
        """Choose a topic from a list."""
        self.start("choose", self._choose_topic)

    @spoken
    async def _choose_topic(self) -> None:
        from reader.tui.screens.choose import Choice, Choose

        topics = await self.ask(self.shelf.store.lists.topics)
        counts = await self.ask(self.shelf.store.lists.counts)
        choices = [
            Choice("Top", "the stories that most sources tell now", TOP),
            Choice("All", f"{counts.unread:,} unread of {counts.total:,}", ""),
        ]
        choices += [
            Choice(topic.name, f"{topic.unread:,} unread of {topic.total:,}", topic.name) for topic in topics
        ]
        topic = await self.app.push_screen_wait(Choose("Topics", choices, chosen=self.chosen))
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

    # Search and filter

    def action_search(self) -> None:
        """Ask for words to search the library for."""
        self._prompt(Prompt("search", "search /", text=self.view.search, hint='words, "a phrase", -without'))

    def action_filter(self) -> None:
        """Narrow the headlines while typing."""
        self._prompt(Prompt("filter", "filter", text=self.view.filter, hint="words in headline or source"))

    def _prompt(self, prompt: Prompt) -> None:
        self.query(Prompt).remove()
        self.mount(prompt, before=self.footer)

    def on_prompt_changed(self, event: Prompt.Changed) -> None:
        """Filter while typing, a moment after the last letter."""
        if event.purpose == "filter":
            self._pending = event.text
            self.set_timer(FILTER_PAUSE, self._apply_filter)

    def _apply_filter(self) -> None:
        if self.query(Prompt):
            self.view = replace(self.view, filter=self._pending.strip())

    def on_prompt_answered(self, event: Prompt.Answered) -> None:
        """Do what was asked for with the answer."""
        self._close_prompt()
        if event.purpose == "search":
            self.view = replace(self.view, search=event.text)
        elif event.purpose == "filter":
            self.view = replace(self.view, filter=event.text)
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
            self._widen(replace(view, search=""))
        elif view.topic or view.top or view.feed is not None:
            self._widen(replace(view, topic="", top=False, feed=None))
        else:
            return False
        return True

    def _widen(self, view: View) -> None:
        """Show more around the article under the cursor."""
        self.view = view
        self._to_top = self.headlines.selected is None
