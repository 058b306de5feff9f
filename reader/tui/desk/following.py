"""Followed stories at the desk: following one, leaving it, and the view of what they bring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from reader.records import dataclass
from reader.store import Store
from reader.tui.desk.finding import Finding
from reader.tui.desk.marking import Marking, Undo
from reader.tui.panes.topicbar import FOLLOWING
from reader.tui.speaking import spoken

FOLLOWS = "following this story until it has been quiet for a week"
LEAVES = "no longer following this story"


@dataclass(frozen=True, slots=True)
class Followings:
    """What is followed."""

    articles: frozenset[int] = frozenset()
    unread: int | None = None  # of its reports; None: nothing is followed


class Following(Finding, Marking):
    """The part of the desk that follows stories."""

    async def show_followed(self) -> Followings:
        """Mark the followed stories in the list; returns what is followed."""
        found = await self.ask(followings, self.shelf.store)
        self.headlines.followed = found.articles
        return found

    def action_follow(self) -> None:
        """Follow the story of the article at hand, or follow it no longer."""
        if (id := self.aimed_at()) is not None:
            self.start("marks", self._follow_story, id)

    @spoken
    async def _follow_story(self, id: int) -> None:
        followed = await self.toggle_followed(id)
        if followed is None:
            self.say("this is only a headline: there is no story to follow")
            return
        self.say(f"{FOLLOWS if followed else LEAVES}{self.hint('undo', 'takes it back')}")

    async def toggle_followed(self, id: int) -> bool | None:
        """Follow the story of an article or leave it, undoable; None where it has none."""
        store, now = self.shelf.store, datetime.now(UTC)
        left = await self.ask(_left, store, id, now)
        if left:
            self.remember(Undo("left a followed story", partial(self.ask, _again, store, left), anew=True))
        elif await self.ask(store.following.follow, id, now):
            self.remember(Undo("followed a story", partial(self.ask, store.following.leave, id), anew=True))
        else:
            return None
        self.reload()
        return not left

    def action_following(self) -> None:
        """Show what the followed stories bring, or all again."""
        if self.chosen == FOLLOWING:
            self.show_topic("")
        elif self.headlines.followed:
            self.show_topic(FOLLOWING)
        else:
            self.say(f"no story is followed yet{self.hint('follow', 'follows the one at hand')}")


def followings(store: Store) -> Followings:
    """Ask what is followed, stories that are over left out."""
    stories = store.following.all(datetime.now(UTC))
    if not stories:
        return Followings()
    return Followings(store.following.articles(), sum(story.unread for story in stories))


def _left(store: Store, id: int, now: datetime) -> Sequence[tuple[int, datetime]]:
    """Follow the story of an article no longer; returns by which articles it was followed, since when."""
    since = {story.article: story.since for story in store.following.all(now)}
    return [(anchor, since.get(anchor, now)) for anchor in store.following.leave(id)]


def _again(store: Store, left: Sequence[tuple[int, datetime]]) -> None:
    for article, since in left:
        store.following.follow(article, since)
