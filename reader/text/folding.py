"""One spelling for what readers hold to be the same word: accents, digits, vowel points, plurals."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from reader.text.gate import plain

_SPECIAL = {
    "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ħ": "h",
    "’": "'", "‘": "'", "ʼ": "'", "＇": "'", "й": "й", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك",
}  # fmt: skip
_WITHOUT_POINTS = 0x0700  # Latin, Greek, Cyrillic, Hebrew, Arabic: marks are accents there, not letters
_INVISIBLE = frozenset("\u00ad\u0640\u200b\u200c\u200d\u200e\u200f\u2060")  # with the Arabic stretcher


class _Folds(dict[int, str]):
    """What each character becomes; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


_FOLDS = _Folds()


def fold(text: str) -> str:
    """Return casefolded text without accents, vowel points and invisible characters, digits as 0 to 9."""
    if not unicodedata.is_normalized("NFKC", text):
        # The gate first: ordering a pile of a million marks would take for ever.
        text = unicodedata.normalize("NFKC", plain(text)).casefold()
    return text.translate(_FOLDS)


def _fold_character(char: str) -> str:
    """Return what `char` becomes."""
    if char in _SPECIAL:
        return _SPECIAL[char]
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    if char in _INVISIBLE:
        return ""
    base = unicodedata.normalize("NFD", char)
    if ord(base[0]) >= _WITHOUT_POINTS:
        return char
    kept = "".join(part for part in base if unicodedata.category(part) != "Mn")
    return _SPECIAL.get(kept, kept)


_SAME = "news series species texas kansas arkansas mercedes athens brussels always perhaps"
_PEOPLES = (
    "israeli iraqi saudi pakistani emirati kuwaiti yemeni somali houthi nazi taxi omani qatari bengali"
    " punjabi nepali azeri tsunami"
)
_IRREGULAR = (
    {word: word for word in _SAME.split()}
    | {f"{word}s": word for word in _PEOPLES.split()}
    | {
        "crises": "crisis", "analyses": "analysis", "gases": "gas", "buses": "bus", "viruses": "virus",
        "coronaviruses": "coronavirus", "bonuses": "bonus", "campuses": "campus", "caucuses": "caucus",
        "censuses": "census", "hindus": "hindu", "menus": "menu", "movies": "movie", "cookies": "cookie",
        "zombies": "zombie", "calories": "calorie", "rookies": "rookie", "selfies": "selfie",
        "shoes": "shoe", "canoes": "canoe", "toes": "toe", "foes": "foe",
    }
)  # fmt: skip


@lru_cache(maxsize=16_384)
def singular(word: str) -> str:
    """Return a folded word that ends in -s without the ending of its plural, where it seems to have one."""
    known = _IRREGULAR.get(word)
    if known:
        return known
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("coes", "soes")):  # eleições, decisões
        return word[:-3] + "ao"
    if word.endswith(("shes", "ches", "xes", "zes", "sses", "oes", "iones")):
        return word[:-2]
    return word[:-1]
