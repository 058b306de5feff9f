"""Any bytes, at every border: quick here, long with HYPOTHESIS_PROFILE=long, by coverage with tests.fuzz.

HYPOTHESIS_PROFILE=long python -m pytest tests/fuzz          # some minutes for each border
python -m tests.fuzz parse -max_total_time=600               # needs atheris: pip install -e '.[fuzz]'
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.properties import PROPERTIES, checked
from tests.fuzz.seeds import MARKS, SEEDS

FOUND = sorted(Path(__file__).with_name("found").glob("*"))
EXAMPLES = {"long": 20_000}.get(os.environ.get("HYPOTHESIS_PROFILE", ""), 60)


@st.composite
def spoilt(draw: st.DrawFn, seeds: tuple[str, ...]) -> str:
    """A seed with pieces taken out, put in and doubled, as damage and malice do it."""
    text = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(start + draw(st.integers(0, 30)), len(text))
        put = draw(st.one_of(st.sampled_from(MARKS), st.text(max_size=4), st.just(text[start:end] * 3)))
        text = text[:start] + put + text[end:]
    return text


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("name", PROPERTIES)
def test_any_bytes(name):
    pieces = st.lists(st.sampled_from(MARKS), max_size=40).map("".join)
    texts = st.one_of(spoilt(SEEDS[name]), pieces, st.text(max_size=60)).map(encoded)
    holds = checked(name)

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.one_of(texts, texts, st.binary(max_size=300)))
    def run(data: bytes) -> None:
        holds(data)

    run()


@pytest.mark.parametrize("name", PROPERTIES)
def test_the_seeds_hold(name):
    for seed in SEEDS[name]:
        checked(name)(encoded(seed))


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_found_before(path):
    checked(path.name.partition("-")[0])(path.read_bytes())


def test_a_property_sees_what_is_wrong(monkeypatch):
    monkeypatch.setattr("reader.text.one_line", lambda text, limit=0: text)
    with pytest.raises(AssertionError):
        checked("text")(b"a\x1b[2J")
    monkeypatch.setattr("tests.fuzz.properties.feed", lambda body, **_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        checked("parse")(b"x")
