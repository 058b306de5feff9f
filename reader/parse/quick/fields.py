"""Links, files, identities, dates and categories."""

from __future__ import annotations

from reader.parse.quick import texts
from reader.parse.quick.state import Doubt, End, Handlers, Start, State
from reader.parse.raw import RawFile

_HTML_TYPES = ("text/html", "application/xhtml+xml", "html", "xhtml")
_ITUNES = "http://www.itunes.com/"


def _link(state: State, attributes: dict[str, str]) -> None:
    rel = attributes.get("rel", "alternate").lower()
    type_ = attributes.get("type", "application/atom+xml" if rel == "self" else "text/html").lower()
    href = _href(attributes)
    if not href and "href" not in attributes:
        if rel == "enclosure" or (state.inentry and state.inimage and state.insource):
            raise Doubt("link")
        state.push_leaf("link", state.placed())
        return
    href = texts.resolved(state.base, href or attributes["href"])
    context = state.context()
    if rel == "enclosure" and not (state.inentry and state.inimage):
        context.files.append(RawFile(href, type_, attributes.get("length", "")))
    if rel == "alternate" and type_ in _HTML_TYPES:
        context.values["link"] = href


def _end_link(state: State) -> None:
    if state.stack and state.stack[-1][0] == "link":
        state.pop("link")
        state.incontent -= 1


def _href(attributes: dict[str, str]) -> str:
    return attributes.get("url", attributes.get("uri", attributes.get("href", "")))


def _enclosure(state: State, attributes: dict[str, str]) -> None:
    href = _href(attributes) or attributes.get("href", "")
    state.context().files.append(
        RawFile(href, attributes.get("type", "").lower(), attributes.get("length", ""))
    )


def _media_content(state: State, attributes: dict[str, str]) -> None:
    kind = attributes.get("type", "").lower() or attributes.get("medium", "")
    length = attributes.get("fileSize", attributes.get("filesize", ""))
    duration = attributes.get("duration", "")
    state.context().media.append(RawFile(attributes.get("url", ""), kind, length, duration))


def _duration(state: State, attributes: dict[str, str]) -> None:
    if attributes:  # feedparser keeps them in its place
        raise Doubt("attributes")
    state.push("itunes_duration")


def _end_duration(state: State) -> None:
    state.pop("itunes_duration")


def _chapter(state: State, attributes: dict[str, str]) -> None:
    if "start" not in attributes or state.insource or state.inimage or state.intextinput:
        raise Doubt("chapter")  # feedparser fails at it


def _guid(state: State, attributes: dict[str, str]) -> None:
    stated = attributes.get("ispermalink", attributes.get("isPermaLink", "true"))
    state.guid_is_link = stated == "true"
    state.push("id")


def _end_guid(state: State) -> None:
    value = state.pop("id")
    if state.guid_is_link:
        state.context().values.setdefault("link", value)


def _date(kind: str) -> Start:
    def start(state: State, _: dict[str, str]) -> None:
        state.push(kind)

    return start


def _end_date(kind: str) -> End:
    def end(state: State) -> None:
        value = state.pop(kind)
        state.context().latest[kind] = value

    return end


def _category(state: State, attributes: dict[str, str]) -> None:
    scheme = attributes.get("scheme", attributes.get("domain"))
    state.context().add_tag(attributes.get("term"), scheme, attributes.get("label"))
    state.push("category")


def _media_category(state: State, attributes: dict[str, str]) -> None:
    _category(state, {"scheme": "http://search.yahoo.com/mrss/category_schema", **attributes})


def _itunes_category(state: State, attributes: dict[str, str]) -> None:
    state.context().add_tag(attributes.get("text"), _ITUNES, None)
    state.push("category")


def _end_category(state: State) -> None:
    value = state.pop("category")
    state.context().close_tag(value)


def _words(pushed: str) -> Start:
    def start(state: State, attributes: dict[str, str]) -> None:
        if attributes:
            raise Doubt("attributes")
        state.push(pushed)

    return start


def _end_words(pushed: str, scheme: str | None) -> End:
    def end(state: State) -> None:
        words = state.pop(pushed).split(",")
        for word in words:
            if word.strip():
                state.context().add_tag(word.strip(), scheme, None)

    return end


_DATES = {
    "published": ("published", "issued", "pubdate", "dcterms_issued"),
    "updated": ("updated", "modified", "lastbuilddate", "dc_date", "dcterms_modified"),
    "created": ("created", "dcterms_created"),
}
HANDLERS: Handlers = {
    "link": (_link, _end_link),
    "enclosure": (_enclosure, None),
    "media_content": (_media_content, None),
    "itunes_duration": (_duration, _end_duration),
    "psc_chapter": (_chapter, None),
    **dict.fromkeys(("guid", "id"), (_guid, _end_guid)),
    **{name: (_date(kind), _end_date(kind)) for kind, names in _DATES.items() for name in names},
    **dict.fromkeys(("category", "keywords", "dc_subject"), (_category, _end_category)),
    "media_category": (_media_category, _end_category),
    "itunes_category": (_itunes_category, _end_category),
    "itunes_keywords": (_words("itunes_keywords"), _end_words("itunes_keywords", _ITUNES)),
    "media_keywords": (_words("media_keywords"), _end_words("media_keywords", None)),
    "tags": (_words("tags"), _end_words("tags", None)),
}
