from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.text import one_line, plain
from reader.tui.drawing import safe
from tests.hostile import anything, is_safe


@given(
    st.text(
        st.one_of(st.characters(), st.sampled_from(list("[]/\\=@\x1b\x9b\x07\u202e\u2066\r\n\tab"))),
        max_size=40,
    )
)
def test_whatever_comes_in_is_text_and_never_markup(text: str) -> None:
    assert safe.content(text, "bold").plain == safe.clean(text)
    assert safe.rich_text(text).plain == safe.clean(text)
    assert not set(safe.clean(text)) & set("\x1b\x9b\x07\u202e\u2066\r")
    assert not set(safe.line(text)) & set("\x1b\x9b\x07\u202e\u2066\r\n\t")


@given(st.text(max_size=40))
def test_the_short_cut_lets_nothing_through_that_the_gate_would_hold(text: str) -> None:
    held = {character for character in text if character not in plain(f"a{character}")}
    assert not held & set(safe.clean(text))
    assert set(one_line(safe.line(text))) <= set(safe.line(text)) | {"…", " "}


@given(anything)
def test_what_reaches_the_terminal_keeps_its_rules(text: str) -> None:
    assert is_safe(safe.clean(text))
    assert is_safe(safe.line(text))
