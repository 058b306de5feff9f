"""From a word as written to the keys it is compared by: normal form, stem, country of a people, hash.

A key is the CRC-32 of the normal form: small enough for tables and blobs, and at a million different terms
some hundred pairs collide, which no reader will notice.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple
from zlib import crc32

from reader.related.stopwords import filler, table
from reader.text import words

STEM_MIN = 4
"""Letters that must be left of an English word when its ending goes."""
NUMBER_MIN = 2
"""Digits of a bare number worth comparing: how many died tells events apart; single ones stand everywhere."""

_ENDINGS = ("ing", "ed", "ion")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?")
_DEMONYMS = """
afghanistan:afghan africa:african albania:albanian algeria:algerian argentina:argentine,argentinian
armenia:armenian asia:asian australia:australian austria:austrian azerbaijan:azerbaijani
bangladesh:bangladeshi
belarus:belarusian belgium:belgian bolivia:bolivian bosnia:bosnian brazil:brazilian
britain:british,uk,briton bulgaria:bulgarian cambodia:cambodian,khmer canada:canadian chile:chilean
china:chinese colombia:colombian congo:congolese croatia:croatian cuba:cuban cyprus:cypriot
czechia:czech denmark:danish,dane ecuador:ecuadorian egypt:egyptian estonia:estonian ethiopia:ethiopian
europe:european,eu finland:finnish,finn france:french georgia:georgian germany:german ghana:ghanaian
greece:greek,greece haiti:haitian hungary:hungarian iceland:icelandic india:indian
indonesia:indonesian iran:iranian iraq:iraqi ireland:irish israel:israeli italy:italian jamaica:jamaican
japan:japanese jordan:jordanian kazakhstan:kazakh kenya:kenyan korea:korean kosovo:kosovar kuwait:kuwaiti
laos:laotian,lao latvia:latvian lebanon:lebanese libya:libyan lithuania:lithuanian malaysia:malaysian
mali:malian mexico:mexican moldova:moldovan mongolia:mongolian morocco:moroccan myanmar:burmese,burma
nepal:nepali,nepalese netherland:dutch niger:nigerien nigeria:nigerian norway:norwegian pakistan:pakistani
palestine:palestinian peru:peruvian philippine:filipino poland:polish portugal:portuguese qatar:qatari
romania:romanian russia:russian rwanda:rwandan scotland:scottish senegal:senegalese serbia:serbian
singapore:singaporean slovakia:slovak slovenia:slovenian somalia:somali spain:spanish,spaniard sudan:sudanese
sweden:swedish,swede switzerland:swiss syria:syrian taiwan:taiwanese tanzania:tanzanian thailand:thai
tunisia:tunisian turkey:turkish,turk,turkiye uganda:ugandan ukraine:ukrainian us:american,usa,america
uzbekistan:uzbek venezuela:venezuelan vietnam:vietnamese wale:welsh yemen:yemeni zambia:zambian
zimbabwe:zimbabwean
"""  # a word for the people or the language stands for the country; keys are singular, as `words` makes them


class Sight(NamedTuple):
    """A term of one word as written."""

    key: int
    languages: int  # in which it is a function word, as bits of `stopwords.languages`; 0: in none


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for group in _DEMONYMS.split():
        country, people = group.split(":")
        found[country] = country
        found.update(dict.fromkeys(people.split(","), country))
    return found


EVERY = -1
"""All the bits: grammar in whatever language."""


def sights(surface: str) -> tuple[Sight, ...]:
    """Return the terms of one word as written, or of one run of a script without spaces."""
    if "." in surface and _INITIALS.fullmatch(surface):
        surface = surface.replace(".", "")
    terms = words(surface)
    if len(terms) > 1 and surface in table():
        return (Sight(key(surface), table()[surface]),)
    if not terms and surface.isdecimal() and len(surface) >= NUMBER_MIN:
        terms = [surface]
    acronym = len(surface) > 1 and surface.isupper()  # US, WHO, IT are no function words
    return tuple(_sight(term, acronym=acronym) for term in terms)


def _sight(term: str, *, acronym: bool) -> Sight:
    if len(term) == 1 or filler(term):
        return Sight(0, EVERY)
    return Sight(key(term), 0 if acronym else table().get(term, 0))


def key(term: str) -> int:
    """Return the key of a term in its normal form (of `reader.text.words`)."""
    return hashed(normal(term))


def hashed(term: str) -> int:
    """Return the key of what `normal` returned."""
    return crc32(term.encode("utf-8", "surrogatepass"))


def normal(term: str) -> str:
    """Return a term without what English adds to it: a country for its people, a stem for its forms."""
    country = _countries().get(term)
    if country:
        return country
    if not term.isascii() or not term.isalpha():
        return term
    for ending in _ENDINGS:
        if term.endswith(ending) and len(term) >= STEM_MIN + len(ending):
            return term[: -len(ending)]
    return term[:-1] if term.endswith("e") and len(term) > STEM_MIN else term
