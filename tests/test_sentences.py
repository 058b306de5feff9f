"""The sentence that tells a story."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.related.sentences import MOST, fresh, sentences, telling, terms

FLOOD = "Lisbon floods force thousands from homes"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One came. Two went! Three stayed?", ["One came.", "Two went!", "Three stayed?"]),
        ("Mr. Smith met J. Doe. It rained.", ["Mr. Smith met J. Doe.", "It rained."]),
        ('"We agree." They left.', ['"We agree."', "They left."]),
        ("It grew 3.5 per cent. So it did.", ["It grew 3.5 per cent.", "So it did."]),
        ("A headline\nThen a line. And one", ["A headline", "Then a line.", "And one"]),
        ("北京发生地震。数千人受伤！救援正在进行。", ["北京发生地震。", "数千人受伤！", "救援正在进行。"]),
        ("अस्पताल बंद हुआ। लोग नाराज़ हैं।", ["अस्पताल बंद हुआ।", "लोग नाराज़ हैं।"]),
        ("", []),
    ],
)
def test_where_sentences_end(text, parts):
    assert sentences(text) == parts


def test_the_sentence_that_shares_most_with_the_headlines_is_taken():
    text = (
        "Read more of our coverage on the front page of this site today. "
        "Heavy rain flooded Lisbon on Monday and forced thousands from home, mayor Carlos Moedas said. "
        "The weather service had been asked about its forecasts in the week before."
    )
    told = telling(text, [FLOOD, "Thousands flee flooded Lisbon", "Mayor Moedas: Lisbon floods the worst"])
    assert told.startswith("Heavy rain flooded Lisbon")
    assert told.endswith("Moedas said.")


def test_a_dateline_is_left_away_and_an_echo_of_the_headline_too():
    text = (
        f"LISBON (Reuters) — {FLOOD}. Trains to Sintra stopped when the Tagus burst its banks near the city."
    )
    assert telling(text, [FLOOD]) == "Trains to Sintra stopped when the Tagus burst its banks near the city."
    assert telling(f"{FLOOD}.", [FLOOD]) == ""


def test_a_long_sentence_is_cut_between_words():
    told = telling("Lisbon " + "flooding again and " * 40, [FLOOD])
    assert len(told) <= MOST
    assert told.endswith(("again…", "and…", "flooding…"))


@pytest.mark.parametrize("text", ["A. ", "No. X. ", "Mr. ", "(. ", "a\n"])
def test_a_text_that_never_ends_a_sentence_takes_no_longer_for_that(text):
    began = process_time()
    telling(text * 4_000, [FLOOD])
    assert process_time() - began < 2, "it took nine seconds when it grew with the square"


@given(st.text(max_size=2_000), st.lists(st.text(max_size=200), max_size=4))
def test_any_text_gives_a_sentence_of_it_or_none(text, headlines):
    told = telling(text, headlines)
    assert len(told) <= MOST
    flat = " ".join(text.split())
    assert told.removesuffix("…") in flat
    assert told == telling(text, headlines)


def test_what_is_new_in_a_report_is_what_nobody_told_before():
    before = "Heavy rain flooded Lisbon on Monday and forced thousands from home. The Tagus burst its banks."
    new = "Engineers reopened the bridge near Almada after divers had checked every pillar."
    told = terms(before)
    assert fresh(f"{before} {new}", FLOOD, told) == new
    assert fresh(before, FLOOD, told) == ""
    assert fresh("", FLOOD, told) == ""
    assert fresh(before, FLOOD, set()).startswith("Heavy rain")


@given(st.text(max_size=2_000), st.text(max_size=200), st.text(max_size=500))
def test_what_is_new_is_a_sentence_of_the_text_or_nothing(text, headline, before):
    told = fresh(text, headline, terms(before))
    assert len(told) <= MOST
    assert told.removesuffix("…") in " ".join(text.split())
