"""One line of JSON for each feed: what `newsread refresh --json` prints and the desk reads."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import Any

from reader.model import Refreshed

_KINDS: dict[str, type] = {"int": int, "str": str, "bool": bool}


def refreshed_to_json(result: Refreshed) -> str:
    """Return a result as one line."""
    return json.dumps(asdict(result), ensure_ascii=False)


def refreshed_from_json(line: str | bytes) -> Refreshed:
    """Return the result that a line states; fields that this version does not know are passed over.

    Raises ValueError for any other line.
    """
    stated: Any = json.loads(line)
    if not isinstance(stated, dict):
        raise ValueError("no result of a refresh")  # noqa: TRY004 (a wrong line is a wrong value)
    known = {field.name: _KINDS[str(field.type)] for field in fields(Refreshed)}
    values = {name: value for name, value in stated.items() if name in known}
    if not {"feed", "title", "url"} <= values.keys():
        raise ValueError("no result of a refresh")
    if any(type(value) is not known[name] for name, value in values.items()):
        raise ValueError("no result of a refresh")
    return Refreshed(**values)
