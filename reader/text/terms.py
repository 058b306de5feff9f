"""Words as terms: what the search index, related news and topics count, and what a query is turned into.

One normalisation for all, so that a query meets the article: case and accents folded, possessives and plural
-s dropped, numbers kept only as years or with their unit. Scripts without spaces become overlapping groups:
pairs of characters for Chinese, Japanese and Korean, triples for Thai, Lao, Burmese and Khmer. Word breaks
(ZWSP) inside Khmer and Thai are ignored: some writers set them, others do not, and a query must find both.
Terms consist of letters, digits and marks only.
"""

from __future__ import annotations

import re

from reader.text.folding import fold, singular

_WORD_ASCII = re.compile(r"[a-z0-9]+")
_DIGIT = re.compile(r"[0-9]")
_ACRONYM = re.compile(r"[^\W\d_](?<![\w.].)\.(?:[^\W\d_]\.)+(?:[^\W\d_](?![^\W_]))?")  # u.s., u.s.a
_POINTS = re.compile(r"\.[^\W\d_]\.")  # in every acronym; told sooner than the acronym itself
_LEANING = re.compile(
    r"\b(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu|quoiqu|all|dall|dell|nell|sull|un|quest)'(?=[^\W_])"
)  # French and Italian words that lean on the next one
_LEANS = re.compile(r"'(?:(?<=\b[cdjlmnst]')|(?<=qu')|(?<=ll')|(?<=un')|(?<=st'))(?=[^\W_])")
_POSSESSIVE = re.compile(r"'s(?![^\W_])|'")
_MODEL = re.compile(r"-(?<=\b[a-z]-)(?=[0-9])|-(?<=\b[a-z]{2}-)(?=[0-9])")  # f-16, su-35

# Marks are no word characters to `re`: the vowel signs of Indian, Tibetan ... words are named here.
_SIGNS = "\u0900-\u0963\u0971-\u0df3\u0f18-\u0f39\u0f3e-\u0f84\u0f86-\u0fbc"
_THIRDS = "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1050-\u108f\u1780-\u17d3\u17d7\u17dc\u17dd"
_PAIRS = (
    "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"(?:[^\W_{_THIRDS}{_PAIRS}]++[{_SIGNS}]*+)++|[{_THIRDS}]+|[{_PAIRS}]+")
_THIRD, _PAIR = re.compile(rf"[{_THIRDS}]"), re.compile(rf"[{_PAIRS}]")

_UNITS = {
    "pct": "%|per ?cent|pour cent|prozent|por ciento|por cento|per cento|процент[а-я]{0,3}",
    "m": "m|mn|million|millions|millionen|millones|milhoes|milioni|mio|миллион[а-я]{0,3}|млн",
    "bn": "bn|billion|billions|milliard|milliards|milliarden|bilhoes|miliardi|mrd|миллиард[а-я]{0,3}|млрд",
    "tn": "tn|trillion|trillions",
    "km": "km|км",
    "kg": "kg|кг",
    "mph": "mph",
    "kmh": "kmh|km/h|км/ч",
    "mw": "mw",
    "gw": "gw",
    "degc": "°c",
    "degf": "°f",
}
_CURRENCIES = {"$": "usd", "€": "eur", "£": "gbp", "¥": "yen", "₹": "inr"}
_NUMBER = re.compile(
    r"[0-9](?<![\w.,].)[0-9]{0,15}+(?:[.,][0-9]{1,15}+){0,5}+(?:(?: ?(?:"
    + "|".join(f"({spellings})" for spellings in _UNITS.values())
    + r"))(?![^\W_])|(?![^\W_]))"
)
_UNIT_NAMES = ("", *_UNITS)
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")
_YEARS = range(1800, 2100)

_ARTICLE = re.compile(
    "[وفبك]?ال(?=[\u0620-\u06ff]{3})|لل(?=[\u0620-\u06ff]{3})"
)  # the Arabic article, and what leans on it


def split(text: str) -> list[str]:
    """Return the terms of `text`, in order (see `reader.text.words`)."""
    text = text.casefold()
    if not text.isascii():
        text = fold(text)
    if _POINTS.search(text):
        text = _ACRONYM.sub(_join, text)
    if "'" in text:
        text = _POSSESSIVE.sub("", _LEANING.sub(" ", text) if _LEANS.search(text) else text)
    if _DIGIT.search(text):
        text = _NUMBER.sub(_number, _MODEL.sub("", text))
    found = _WORD_ASCII.findall(text) if text.isascii() else _any_script(text)
    return [singular(word) if word[-1] == "s" else word for word in found]


def _any_script(text: str) -> list[str]:
    """Return the words of a text in any script; groups of characters where it sets no spaces."""
    found: list[str] = []
    for word in _WORD.findall(text):
        if word < "\u0600":
            found.append(word)
        elif word < "\u0700":
            found.append(_ARTICLE.sub("", word, 1) if _ARTICLE.match(word) else word)
        elif _PAIR.match(word):
            found += _groups(word, 2)
        elif _THIRD.match(word):
            found += _groups(word, 3)
        else:
            found.append(word)
    return found


def _groups(word: str, size: int) -> list[str]:
    """Return the overlapping groups of `size` characters, the word itself when it is no longer than one."""
    return [word[at : at + size] for at in range(max(len(word) - size, 0) + 1)]


def _join(match: re.Match[str]) -> str:
    """Return an acronym without its points."""
    return match[0].replace(".", "")


def _number(match: re.Match[str]) -> str:
    """Return a number as one term with its unit; alone only when it is a year."""
    number = match[0]
    if match.lastindex:
        number = number[: match.start(match.lastindex) - match.start()].rstrip()
        unit = _UNIT_NAMES[match.lastindex]
    else:
        unit = _CURRENCIES.get(match.string[match.start() - 1 : match.start()], "")
    if not unit:
        return number if len(number) == 4 and number.isdigit() and int(number) in _YEARS else " "
    if _THOUSANDS.fullmatch(number):
        number = number.replace(",", "").replace(".", "")
    return f" {number.replace(',', 'p').replace('.', 'p')}{unit} "
