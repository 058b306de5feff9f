"""The dateline that opens a report: `Phnom Penh, June 13, 2024: …`, `PARIS, 3 mars (Agence) — …`.

Place and date are recognised, nothing is taken away: the dateline stays in the paragraph it opens.
"""

from __future__ import annotations

import re
from datetime import date

from reader.pages import dates
from reader.records import dataclass

HEAD = 160  # characters of the first paragraph that can hold a dateline
PLACE_MAX = 60
WORDS_MAX = 6
CASELESS_MAX = 30  # characters of a place in a script without capitals (and often without spaces)

_DASH = r"(?:—|–|―|─|--|-)"
_END = re.compile(rf"^\.?\s*(?:[:：៖]|{_DASH}(?=\s|$)|[—―─]|[】\])]|[电電讯訊](?=\s|$)|$)")
_END_DATED = re.compile(r"^\.\s")  # `Paris, 3 March 2023. The …`: only after a whole date
_END_AGENCY = re.compile(r"^\s")  # `…, June 13, 2024 (AKP) The …`
_AGENCY = re.compile(r"^[\s,]*[(\[/](?P<agency>[^()\[\]/]{1,40})[)\]/]")
_AGENCY_LAST = re.compile(r"\s*[(\[/][^()\[\]/]{1,40}[)\]/]\s*,?\s*$")
_UNDATED = re.compile(
    rf"^(?P<place>[^:(—]{{2,{PLACE_MAX}}}?)\s*(?P<agency>[(\[][^()\[\]]{{1,40}}[)\]])?\s+{_DASH}\s"
)
_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
    "lundi mardi mercredi jeudi vendredi samedi dimanche montag dienstag mittwoch donnerstag freitag samstag "
    "sonntag lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì "
    "sabato domenica segunda-feira terça-feira quarta-feira quinta-feira sexta-feira maandag dinsdag "
    "woensdag donderdag vrijdag zaterdag zondag"
)
_LEAD = re.compile(  # what may stand between the place and the date
    rf"[\s,、;(–—-]*\b(?:(?:on|le|den|am|el|il|dated|{'|'.join(_WEEKDAYS.split())})\b\.?[\s,]*)+$"
    r"|[\s,、;(–—-]+$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(rf"^[(【\[](?P<place>[^()【】\[\]]{{2,{PLACE_MAX}}})[)】\]]\s*(?P<agency>[:：៖—–])\s")
_LABEL = re.compile(
    r"^\s*(?:(?:first |last )?(?:published|posted|updated|dated?|publié|mis à jour|veröffentlicht|publicado)"
    r"(?: on| at| le| am| el)?\s*:?\s+|[【\[(]\s*)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"[^\W\d_](?:[\w.'’ʼ\-/,、 \u200b\u0300-\u036f\u1780-\u17d3\u0e00-\u0e4e()])*")
_SMALL_WORDS = (
    "al am an and bei da das de del der des di do dos du e en et i im in la las les los of on und upon y zu"
)
_SMALL = frozenset([*_SMALL_WORDS.split(), "le", "el", "the"])
_ARTICLES = frozenset(["al", "den", "el", "la", "las", "le", "les", "los", "the"])
_NOT_PLACE_WORDS = (
    "a as at before both but by during earlier early effective every from he her his if in it its last late "
    "later my next no on our published posted she since some starting that their then there these they this "
    "to today tomorrow tonight until updated we when while yesterday you your note update warning"
)
_NOT_PLACES = frozenset(_NOT_PLACE_WORDS.split())
_TIME = re.compile(r"^[\s,]+(?:at )?\d{1,2}[:h]\d{2}(?: ?[ap]m)?(?: UTC| GMT|Z)?", re.IGNORECASE)
_AFTER = (
    re.compile(r"\s*\(([^()]{2,60})\)"),
    re.compile(rf"\s*,?\s+([^,:(—–]{{2,{PLACE_MAX}}}?)(?=\s*(?::|\(|—|–| - | -- ))"),
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What opens a report. `given` is None when none is given; `end` is where the report itself begins."""

    place: str
    given: dates.Found | None
    end: int

    def day(self, reference: date | None) -> date | None:
        """Return the day it gives; see `dates.Found.on` for a missing year."""
        return self.given.on(reference) if self.given else None


def find(paragraph: str) -> Dateline | None:
    """Return the dateline that a paragraph opens with, if it does."""
    head = paragraph[:HEAD]
    label = _LABEL.match(head)
    start = label.end() if label else 0
    found = dates.find(head[start:])
    dated = _dated(head, start, found) if found else None
    return dated or _undated(head)


def alone(line: str) -> Dateline | None:
    """Return the dateline that fills a whole line, with its date: `Phnom Penh, 13 June 2024`."""
    if len(line) >= HEAD or not (found := find(line)) or not found.given:
        return None
    return found if not line[found.end :].strip() else None


def _dated(head: str, start: int, found: dates.Found) -> Dateline | None:
    before, after = head[start : start + found.start], head[start + found.end :]
    end = start + found.end
    if clock := _TIME.match(after):
        after, end = after[clock.end() :], end + clock.end()
    place = _before(before)
    if place is None:
        return None
    if not place:
        place, used = _after(after)
        after, end = after[used:], end + used
    if agency := _AGENCY.match(after):
        after, end = after[agency.end() :], end + agency.end()
    elif after.startswith(")"):
        after, end = after[1:], end + 1
    close = _END.match(after)
    if not close and found.year and place:
        close = (_END_AGENCY if agency else _END_DATED).match(after)
    return Dateline(place, found, end + close.end()) if close else None


def _before(text: str) -> str | None:
    """Return the place in what stands before the date; "" when nothing does, None when it is no place."""
    lead = _LEAD.search(text)
    text = _AGENCY_LAST.sub("", text[: lead.start()] if lead else text).strip(" ,、;(–—-")
    return text if not text or _is_place(text) else None


def _after(text: str) -> tuple[str, int]:
    """Return the place that follows a date, and the characters it took: `June 13, 2024 (Phnom Penh) — …`."""
    for pattern in _AFTER:
        match = pattern.match(text)
        if match and _is_place(match[1].strip()):
            return match[1].strip(), match.end()
    return "", 0


def _undated(head: str) -> Dateline | None:
    """A place without a date needs more: capitals, an agency after it and a dash, or brackets around it."""
    match = _UNDATED.match(head) or _BRACKETED.match(head)
    if not match or not _is_place(place := match["place"].strip(" ,")):
        return None
    capital = place.isupper() and sum(map(str.isalpha, place)) > 3
    return Dateline(place, None, match.end()) if capital or match["agency"] else None


def _is_place(text: str) -> bool:
    words = [word for word in re.split(r"[ ,、/\-]+", text) if word]
    if not words or not _PLACE.fullmatch(text) or len(text) > PLACE_MAX or len(words) > WORDS_MAX:
        return False
    first, last = words[0].casefold(), words[-1].casefold()
    if first in _NOT_PLACES or last in _SMALL or (_caseless(first) and len(text) > CASELESS_MAX):
        return False
    return (first in _ARTICLES or first not in _SMALL) and all(map(_starts_name, words))


def _starts_name(word: str) -> bool:
    first = word.lstrip("('’.")[:1]
    return not first.islower() or word.casefold() in _SMALL or word[:2] in {"d'", "d’", "l'", "l’"}


def _caseless(word: str) -> bool:
    return word[:1].lower() == word[:1].upper()
