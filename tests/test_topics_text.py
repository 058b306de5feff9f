"""Topics by the words alone: sure where a person would be, silent elsewhere."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import STANDARD_TOPICS, Entry
from reader.topics import bytext, classify, likely, reads_text

MATCH = (
    "Striker seals late win for City in cup final",
    "The coach praised his players after the midfielder scored a penalty in extra time at the stadium.",
)
WAR = (
    "Missile strike on Kyiv kills three as ceasefire talks stall",
    "Ukrainian troops said Russian artillery shelled the frontline.",
)
NONSENSE = "Lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod tempor"


def told(title, text="", **given):
    return classify(Entry(title=title, **given), "", "", (), text)


def written(evidence):
    return evidence.reason.removeprefix("text: ").split(", ")


@pytest.mark.parametrize(
    ("title", "text", "topic"),
    [
        (*MATCH, "Sport"),
        (*WAR, "World"),
        ("Senate votes on the bill as election nears", "Democrats and Republicans debated.", "Politics"),
        ("Shares fall as inflation rises", "Investors expect higher interest rates.", "Business"),
        ("New smartphone chip speeds up AI apps", "Google and Samsung update their software.", "Technology"),
        ("Telescope finds distant galaxy", "Astronomers at NASA say the black hole is ancient.", "Science"),
        ("Hospital patients wait for surgery", "Doctors say the vaccine cut infections.", "Health"),
        ("Carbon emissions melt glaciers faster", "Global warming and deforestation grow.", "Environment"),
        ("Singer's new album tops the charts", "The actor stars in a film and a tour.", "Entertainment"),
        ("Chocolate cake recipe for a wedding", "Bake with butter; ingredients for a dessert.", "Life"),
        ("L'entraîneur et le buteur avant la finale", "Le match de football au stade, penalty.", "Sport"),
        ("Impfung gegen Grippe", "Ärzte im Krankenhaus raten Patienten zum Impfstoff.", "Health"),
        ("世界杯决赛", "球员和教练在比赛后庆祝冠军，足球联赛", "Sport"),
    ],
    ids=lambda value: value[:12],
)  # fmt: skip
def test_sure_where_a_person_would_be(title, text, topic):
    assert told(title, text)[0].topic == topic
    assert likely(title, text)[0][0] == topic


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("", ""),
        ("Football", ""),  # one word is no evidence
        ("A quiet morning by the bridge", "Nothing much was seen, and then it was over."),
        (NONSENSE, NONSENSE),
        ("qwz xkcd", "zzz " * 200),
        ("ព័ត៌មានថ្មីៗអំពីកីឡា", "ក្រុមបាល់ទាត់ជម្រើសជាតិ"),  # a script that the table does not know
        ("Haabari", "Timu ya taifa imeshinda mchezo wa kirafiki jana usiku"),
        ("Police arrest man after stabbing", "Officers charged a suspect with murder; the court jailed him."),
    ],
)
def test_silent_elsewhere(title, text):
    assert told(title, text) == ()


def test_stated_evidence_silences_the_text():
    assert [e.topic for e in told(*MATCH, categories=("Health",))] == ["Health"]
    assert [e.topic for e in told(*MATCH, url="https://news.example/business/a")] == ["Business"]
    assert [e.topic for e in classify(Entry(title=MATCH[0]), "Tech", "", (), MATCH[1])] == ["Technology"]
    assert [e.topic for e in classify(Entry(title=MATCH[0]), "", "Wire | World", (), MATCH[1])] == ["World"]


def test_a_folder_of_the_readers_own_does_not():
    found = classify(Entry(title=MATCH[0]), "My corner", "", (), MATCH[1])
    assert [e.topic for e in found] == ["My corner", "Sport"]


def test_whether_the_text_is_looked_at():
    assert reads_text(Entry(title="A"), "", "")
    assert reads_text(Entry(title="A"), "My corner", "")
    assert not reads_text(Entry(title="A"), "Tech", "")
    assert not reads_text(Entry(title="A", categories=("Sports",)), "", "")


@pytest.mark.parametrize(("title", "text"), [MATCH, WAR])
def test_the_evidence_stands_in_the_text_as_written(title, text):
    (evidence,) = told(title, text)
    assert evidence.reason.startswith("text: ")
    shown = written(evidence)
    assert bytext.EVIDENCE_LEAST <= len(set(shown)) <= bytext.EVIDENCE_MOST
    assert all(words in f"{title} {text}" for words in shown)


def test_plurals_possessives_and_accents_are_shown_as_written():
    (evidence,) = told(
        "Élections : les ministres", "Le député et le gouvernement, l'Assemblée nationale, scrutin"
    )
    assert set(written(evidence)) <= {
        "Élections", "ministres", "député", "gouvernement", "l'Assemblée nationale", "Assemblée", "scrutin",
    }  # fmt: skip


def test_a_pair_with_a_short_word_is_shown_as_written():
    assert "T rex" in written(told("T. rex fossil found", "Scientists say the dinosaur was young.")[0])


def test_two_topics_where_neither_is_sure_alone(monkeypatch):
    table = {"alpha": row(World=12), "beta": row(World=12), "gamma": row(Health=12), "delta": row(Health=12)}
    monkeypatch.setattr(bytext, "_table", lambda: table)
    monkeypatch.setattr(
        bytext, "_lanes", bytext._lanes.__wrapped__
    )  # without what it knows of the real table
    monkeypatch.setattr(bytext, "_beginnings", frozenset)
    monkeypatch.setattr(bytext, "SHARPNESS", 6)
    found = told("Alpha beta gamma delta")
    assert [(e.topic, e.reason) for e in found] == [
        ("World", "text: Alpha, beta"),
        ("Health", "text: delta, gamma"),
    ]


def row(**weights):
    return bytes(bytext.ZERO + weights.get(topic, 0) for topic in bytext.TOPICS)


def test_the_table_is_whole():
    table = bytext._table()
    assert len(table) > 5000
    assert all(len(weights) == len(bytext.TOPICS) for weights in table.values())
    assert all(term and term == term.strip() for term in table)
    assert all(33 <= code <= 126 for weights in table.values() for code in weights)


def test_probabilities():
    shares = likely(*MATCH)
    assert {topic for topic, _ in shares} == set(STANDARD_TOPICS)
    assert 0 < sum(share for _, share in shares) <= 1.0001
    assert likely("", "") == []


def test_only_the_beginning_counts():
    assert told("Report", "x " * bytext.BODY_MAX + MATCH[1]) == ()


@given(st.text(max_size=300), st.text(max_size=1000))
def test_any_text(title, text):
    found = told(title, text)
    assert found == told(title, text)
    assert all(e.topic in STANDARD_TOPICS and e.reason.startswith("text: ") for e in found)


@given(
    st.lists(
        st.sampled_from([*MATCH, *WAR, "İstanbul", "é", "'s", "-", "U.S.", "5%", "\x00", "…"]), max_size=30
    )
)
def test_known_words_in_any_order(parts):
    assert told(" ".join(parts), "".join(parts)) == told(" ".join(parts), "".join(parts))


def test_the_table_is_read_when_first_asked():
    code = (
        "import sys, reader.cli, reader.library\n"
        "from reader.topics import bytext\n"
        "assert bytext._table.cache_info().currsize == 0\n"
    )
    assert subprocess.run([sys.executable, "-P", "-c", code], check=False, timeout=60).returncode == 0
