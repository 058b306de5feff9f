"""What stands below the list of subscriptions: all that is known of the feed under the cursor.

What can be changed is changed by a click on it, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style

from reader.config import Access
from reader.model import Feed
from reader.refresh.planning import Plan, share, size
from reader.text import ago
from reader.tui.drawing.cells import clip
from reader.tui.panes.feedrows import FeedRow


def details(row: FeedRow, access: Access, plan: Plan, width: int) -> Content:
    """Return the lines about a feed, each clipped to `width` cells."""
    feed, state = row.feed, row.state
    style = "$error" if state.bad else "$foreground"
    words = state.words or "well"
    title = clip(feed.title, width * 2 // 3)
    address = clip(feed.url if feed.url != feed.title else "", width - cell_len(title) - 2)
    lines = [
        Content.styled(title, "bold $primary") + Content.styled(f"  {address}", "$muted"),
        Content.styled(clip(f"{state.mark} {words}".strip(), width), style),
        Content(clip(f"{_last(feed)} · next {plan.when}: {plan.why}", width)),
        Content(" · ").join(_settings(feed, access)).truncate(width, ellipsis=True),
        Content.styled(clip(" · ".join(_figures(feed)), width), "$muted"),
    ]
    return Content("\n").join(lines)


def _named(words: str, action: str) -> Content:
    """Return words that a click acts on as the key of `action` does."""
    return Content(words).stylize(Style.from_meta({"@click": f"screen.{action}"}))


def _settings(feed: Feed, access: Access) -> Sequence[Content]:
    every = f"every {access.interval} min" if access.interval else "usual visits"
    texts = "full texts" if access.fulltext else "texts on demand"
    return (
        _named(f"topic {feed.topic}" if feed.topic else "no topic", "feeds_topic"),
        _named(every, "feeds_interval"),
        _named(texts, "fulltext"),
        _named("muted" if feed.muted else "in all news", "feeds_mute"),
        _named("paused" if feed.paused else "fetched", "feeds_pause"),
        _named(f"tags {', '.join(feed.tags)}" if feed.tags else "no tags", "feeds_tags"),
    )


def _last(feed: Feed) -> str:
    return f"fetched {ago(feed.succeeded, datetime.now(UTC))}" if feed.succeeded else "never fetched"


def _figures(feed: Feed) -> list[str]:
    found = [f"{feed.unread:,} unread of {feed.total:,}"]
    if feed.unchanged:
        found.append(f"{share(feed)} of {feed.visits:,} visits unchanged, {size(feed.saved)} saved")
    return found
