"""What publishers and readers call the standard topics, in several languages: the table of names.txt.

Whole names only: a category "Fury" says nothing sure, a category "Fußball" does.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

STRONG = frozenset(
    [
        *("business", "climate", "cricket", "economy", "entertainment", "environment", "finance", "football"),
        *(
            "health",
            "markets",
            "medicine",
            "politics",
            "rugby",
            "science",
            "soccer",
            "sport",
            "sports",
            "tech",
        ),
        *("technology", "tennis", "ciencia", "deportes", "economia", "economie", "esportes", "futebol"),
        *("gesundheit", "politica", "politik", "politique", "salud", "saude", "technologie", "tecnologia"),
        *("wirtschaft", "wissenschaft", "наука", "политика", "спорт", "технологии", "экономика"),
    ]
)
"""Words that name the topic also at the end of a longer name ("BBC Sport", "US Politics")."""
LONGER_MAX = 4
"""Words of such a name."""

_NEWS = frozenset(
    ["news", "latest", "actualites", "actualite", "nachrichten", "noticias", "noticia", "notizie", "новости"]
)
_MARKS = re.compile(r"[\u0300-\u036f]")


@lru_cache(8192)
def folded(name: str) -> str:
    """Return a name without case, accents and punctuation, its words apart by one space."""
    text = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    text = unicodedata.normalize("NFC", _MARKS.sub("", text))
    kept = (char if char.isalnum() or unicodedata.category(char)[0] == "M" else " " for char in text)
    return " ".join("".join(kept).split())


@cache
def _table() -> dict[str, tuple[str, bool]]:
    """Return each name, folded, with its topic and whether it means the topic itself."""
    table: dict[str, tuple[str, bool]] = {}
    text = files("reader.topics").joinpath("names.txt").read_text(encoding="utf-8")
    for block in text.replace("\n  ", " ").split("\n["):
        topic, *lines = block.splitlines()
        for line in lines:
            relation, _, names = line.partition(": ")
            for name in names.split(",") if relation in {"same", "part"} else ():
                table.setdefault(folded(name), (topic.strip("[]"), relation == "same"))
    return table


@lru_cache(8192)
def standard(name: str) -> str:
    """Return the standard topic that a name means or is a part of, or ""."""
    found = _table().get(folded(name))
    if found is None:
        words = _without_news(name)
        found = _table().get(" ".join(words))
        if found is None and 1 < len(words) <= LONGER_MAX and words[-1] in STRONG:
            found = _table().get(words[-1])
    return found[0] if found else ""


def itself(name: str) -> bool:
    """Tell whether a name means a standard topic itself ("Tech") rather than a part of one ("Linux")."""
    found = _table().get(folded(name)) or _table().get(" ".join(_without_news(name)))
    return found is not None and found[1]


def _without_news(name: str) -> list[str]:
    return [word for word in folded(name).split() if word not in _NEWS]
