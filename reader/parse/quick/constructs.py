"""Titles, summaries and contents, which say what they are written in; and texts that nobody reads here."""

from __future__ import annotations

from reader.parse.quick.state import Doubt, End, Handlers, Start, State


def _title(state: State, attributes: dict[str, str]) -> None:
    state.push_construct("title", attributes, "text/plain", state.placed())


def _end_title(state: State) -> None:
    if state.pop_construct("title"):
        state.title_depth = state.depth


def _end_media_title(state: State) -> None:
    state.pop_construct("title")


def _summary(pushed: str, default: str) -> Start:
    def start(state: State, attributes: dict[str, str]) -> None:
        if "summary" in state.context().values and not state.has_content:  # the second one of an entry
            state.summary_is_content = True
            _content(state, attributes)
        else:
            state.push_construct(pushed, attributes, default, pushed == "summary" or state.placed())

    return start


def _abstract(state: State, attributes: dict[str, str]) -> None:
    state.push_construct("description", attributes, "text/plain", state.placed())


def _end_summary(pushed: str) -> End:
    def end(state: State) -> None:
        if state.summary_is_content:
            _end_content(state)
        else:
            state.pop_construct(pushed)
        state.summary_is_content = False

    return end


def _content(state: State, attributes: dict[str, str]) -> None:
    state.has_content = True
    state.push_construct("content", attributes, "text/plain")
    state.push("content")  # a second time, as feedparser does: the first one stays open for ever


def _content_encoded(state: State, attributes: dict[str, str]) -> None:
    state.has_content = True
    state.push_construct("content", attributes, "text/html")


def _end_content(state: State) -> None:
    value = state.pop_construct("content")
    state.context().values.setdefault("summary", value)


def _other_construct(pushed: str) -> tuple[Start, End]:
    def start(state: State, attributes: dict[str, str]) -> None:
        state.push_construct(pushed, attributes, "text/plain")

    def end(state: State) -> None:
        state.pop_construct(pushed)

    return start, end


def _license(state: State, attributes: dict[str, str]) -> None:
    context = state.context()
    known = state.infeed if context is state.feed else context is state.entry
    if not known or state.entry.depths.get("license", state.depth) < state.depth:
        raise Doubt("license")  # feedparser fails at what it did not keep
    _media_license(state, attributes)


def _media_license(state: State, _: dict[str, str]) -> None:
    if state.inentry:
        depths = state.entry.depths
        depths["license"] = min(depths.get("license", state.depth), state.depth)
    state.push_leaf("license")


def _language(state: State, _: dict[str, str]) -> None:
    state.push("language")


def _end_language(state: State) -> None:
    state.pop("language")


def _unread(pushed: str) -> tuple[Start, End]:
    def start(state: State, _: dict[str, str]) -> None:
        state.push(pushed)

    return start, _end_unread(pushed)


def _end_unread(pushed: str) -> End:
    def end(state: State) -> None:
        state.drop(pushed)

    return end


def _leaf(pushed: str) -> tuple[Start, End]:
    """Return what is done about elements at which feedparser may fail when another stands in them."""

    def start(state: State, _: dict[str, str]) -> None:
        state.push_leaf(pushed)

    return start, _end_leaf(pushed)


def _end_leaf(pushed: str) -> End:
    def end(state: State) -> None:
        state.drop(pushed)
        state.incontent -= 1

    return end


def _nothing(_state: State, _attributes: dict[str, str]) -> None:
    """Begin an element whose text belongs to the one around it."""


_DESCRIPTION = _summary("description", "text/html"), _end_summary("description")
_SUMMARY = _summary("summary", "text/plain"), _end_summary("summary")
HANDLERS: Handlers = {
    **dict.fromkeys(("title", "dc_title"), (_title, _end_title)),
    "media_title": (_title, _end_media_title),
    **dict.fromkeys(("description", "dc_description", "media_description"), _DESCRIPTION),
    **dict.fromkeys(("summary", "itunes_summary"), _SUMMARY),
    "abstract": (_abstract, _end_summary("description")),
    "content": (_content, _end_content),
    "content_encoded": (_content_encoded, _end_content),
    **dict.fromkeys(("subtitle", "tagline", "itunes_subtitle"), _other_construct("subtitle")),
    **dict.fromkeys(("rights", "copyright", "dc_rights"), _other_construct("rights")),
    **dict.fromkeys(("info", "feedburner_browserfriendly"), _other_construct("info")),
    "creativecommons_license": (_license, _end_leaf("license")),
    "media_license": (_media_license, _end_leaf("license")),
    **dict.fromkeys(("language", "dc_language"), (_language, _end_language)),
    **dict.fromkeys(("webmaster", "dc_publisher"), _unread("publisher")),
    "generator": _unread("generator"),
    "newlocation": _unread("newlocation"),
    "expirationdate": _unread("expired"),
    "dcterms_valid": _unread("validity"),
    "itunes_block": (None, _end_unread("itunes_block")),
    "itunes_explicit": (None, _end_unread("itunes_explicit")),
    "media_thumbnail": _leaf("url"),
    "media_rating": _leaf("rating"),
    "media_credit": _leaf("credit"),
    "media_restriction": _leaf("restriction"),
    "media_player": _leaf("media_player"),
    "width": _leaf("width"),
    "height": _leaf("height"),
    **dict.fromkeys(("cloud", "media_group", "cc_license", "psc_chapters"), (_nothing, None)),
}
