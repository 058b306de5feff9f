"""Roots, channels and items, and what has a title and a link of its own within them."""

from __future__ import annotations

from reader.parse.quick.context import Context
from reader.parse.quick.state import Doubt, Handlers, State

_OLD_RSS = {"0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094"}
_OLD_ATOM = {"0.1": "atom01", "0.2": "atom02", "0.3": "atom03"}


def _rss(state: State, attributes: dict[str, str]) -> None:
    _root(state)
    if not state.version.startswith("rss"):
        version = attributes.get("version", "")
        state.version = _OLD_RSS.get(version, "rss20" if version.startswith("2.") else "rss")


def _feed(state: State, attributes: dict[str, str]) -> None:
    _root(state)
    state.infeed = True
    if not state.version:
        state.version = _OLD_ATOM.get(attributes.get("version", ""), "atom")


def _root(state: State) -> None:
    if state.depth != 1:
        raise Doubt("a feed in a feed")
    if state.lang:
        state.feed.values["language"] = state.lang.replace("_", "-")


def _channel(state: State, attributes: dict[str, str]) -> None:
    if state.inentry or "lastmod" in attributes or "href" in attributes:
        raise Doubt("channel")
    state.infeed = True


def _end_channel(state: State) -> None:
    state.infeed = False


def _item(state: State, attributes: dict[str, str]) -> None:
    if state.inentry or state.insource or "lastmod" in attributes or "href" in attributes:
        raise Doubt("item")
    state.entry = Context()
    state.push("item", expecting=False)
    state.inentry = True
    state.guid_is_link = False
    state.title_depth = -1
    state.tags = 0
    if about := attributes.get("rdf:about"):
        state.entry.values["id"] = about


def _end_item(state: State) -> None:
    state.drop("item")
    state.inentry = state.has_content = False
    state.entries.append(state.entry.entry(state.own_base, atom=state.atom))
    state.leave_item()


def _image(state: State, _: dict[str, str]) -> None:
    if state.context() is state.feed and not state.image:
        state.image = Context()
    elif state.inentry and state.image:
        state.spoil_slices()  # what it says goes to the feed's picture
    state.inimage = True
    state.title_depth = -1
    state.push("image", expecting=False)


def _end_image(state: State) -> None:
    state.drop("image")
    state.inimage = False


def _itunes_image(state: State, attributes: dict[str, str]) -> None:
    state.push("itunes_image", expecting=False)
    if (attributes.get("href") or attributes.get("url")) and state.context() is state.feed:
        state.image = Context()


def _textinput(state: State, _: dict[str, str]) -> None:
    if state.context() is not state.feed:
        raise Doubt("textInput")
    state.textinput = state.textinput or Context()
    state.intextinput = True
    state.title_depth = -1
    state.push("textinput", expecting=False)


def _end_textinput(state: State) -> None:
    state.drop("textinput")
    state.intextinput = False


def _source(state: State, _: dict[str, str]) -> None:
    state.push("source")
    state.insource = True
    state.title_depth = -1


def _end_source(state: State) -> None:
    state.insource = False
    state.drop("source")
    state.source = Context()


HANDLERS: Handlers = {
    "rss": (_rss, None),
    "feed": (_feed, _end_channel),
    "channel": (_channel, _end_channel),
    "item": (_item, _end_item),
    "entry": (_item, _end_item),
    "image": (_image, _end_image),
    "itunes_image": (_itunes_image, None),
    "itunes_link": (_itunes_image, None),
    "textinput": (_textinput, _end_textinput),
    "source": (_source, _end_source),
}
