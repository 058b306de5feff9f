"""What stands below the list of subscriptions: all that is known of the feed under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from rich.cells import cell_len
from textual.content import Content

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
        Content(clip(" · ".join(_settings(feed, access)), width)),
        Content.styled(clip(" · ".join(_figures(feed)), width), "$muted"),
    ]
    return Content("\n").join(lines)


def _settings(feed: Feed, access: Access) -> Sequence[str]:
    every = f"every {access.interval} min" if access.interval else "visits as for all feeds"
    texts = "full texts always" if access.fulltext else "full texts on demand"
    return (
        f"topic {feed.topic}" if feed.topic else "no topic of its own",
        *([f"tags {', '.join(feed.tags)}"] if feed.tags else ()),
        every,
        texts,
        "muted" if feed.muted else "in all news",
        "paused" if feed.paused else "fetched",
    )


def _last(feed: Feed) -> str:
    return f"fetched {ago(feed.succeeded, datetime.now(UTC))}" if feed.succeeded else "never fetched"


def _figures(feed: Feed) -> list[str]:
    found = [f"{feed.unread:,} unread of {feed.total:,}"]
    if feed.unchanged:
        found.append(f"{share(feed)} of {feed.visits:,} visits unchanged, {size(feed.saved)} saved")
    return found
