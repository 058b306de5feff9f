"""The store and the engines together: what happens to entries on their way in, and what is asked later."""

from reader.library.asking import related, shown, ticker, top
from reader.library.briefing import Brief, Told, brief
from reader.library.deleting import delete, undelete
from reader.library.ingesting import ingest
from reader.library.moving import Taken, take
from reader.library.muting import apply_mutes, mute, mutes_changed, would_hide
from reader.library.parting import part, rejoin
from reader.library.rescuing import rescue
from reader.library.ruling import apply_rules, rules_changed
from reader.library.timeline import Report, timeline
from reader.library.topics import correct, move_feed, relearn, retopic
from reader.library.unsubscribing import remove_feed, restore_feed
from reader.library.upkeep import rebuild

__all__ = [
    "Brief",
    "Report",
    "Taken",
    "Told",
    "apply_mutes",
    "apply_rules",
    "brief",
    "correct",
    "delete",
    "ingest",
    "move_feed",
    "mute",
    "mutes_changed",
    "part",
    "rebuild",
    "rejoin",
    "related",
    "relearn",
    "remove_feed",
    "rescue",
    "restore_feed",
    "retopic",
    "rules_changed",
    "shown",
    "take",
    "ticker",
    "timeline",
    "top",
    "undelete",
    "would_hide",
]
