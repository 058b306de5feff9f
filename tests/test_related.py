"""The related engine over values: terms, vectors, ranking, choosing, reasons, stories."""

import struct
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import related
from reader.model import Headline
from reader.related import Text
from reader.related.choosing import ROWS_MAX
from reader.related.keys import key, sights
from reader.related.reasons import Reasons, Wordings
from reader.related.terms import weigh
from reader.related.vectors import Rarity, Vector, background, make, pack, unpack
from reader.text import words

NOW = datetime(2026, 7, 20, 12, tzinfo=UTC)


class Shelf:
    """An index in memory, with what the library would know beside it."""

    def __init__(self):
        self.counts, self.postings, self.blobs = Counter(), defaultdict(list), {}
        self.texts, self.headlines, self.stories = {}, {}, {}
        self.parted = []  # sets of articles that never meet again

    def total(self):
        return len(self.blobs)

    def frequencies(self, terms):
        return {term: self.counts[term] for term in terms}

    def candidates(self, terms, floor_rowid=0, limit=200, ceiling_rowid=10**9):
        hits = {id for term in terms for id in self.postings[term] if floor_rowid <= id <= ceiling_rowid}
        return sorted(hits, reverse=True)[:limit]

    def after(self, terms, article, limit=200):
        return sorted({id for term in terms for id in self.postings[term] if id > article})[:limit]

    def vectors(self, ids):
        return {id: self.blobs[id] for id in ids if id in self.blobs}

    def add(self, title, body="", *, feed=1, days=0.0, lang="", bare=False, tell=False):
        text, when = Text(title, body, lang, f"Feed {feed}"), NOW - timedelta(days=days)
        id = len(self.texts) + 1
        (found,) = related.described([(text, feed, when)], self)
        self.texts[id] = text
        self.blobs[id] = found.packed
        for term in found.terms:
            self.counts[term] += 1
            self.postings[term].append(id)
        if tell:
            joined = related.storied(id, found, self, 1, self)
            if joined:
                self.stories |= dict.fromkeys((id, *joined.moved), joined.story)
        self.headlines[id] = Headline(
            id=id, feed=feed, source=f"Feed {feed}", title=title, published=when, bare=bare
        )
        return id

    def of(self, ids):
        return {id: self.stories[id] for id in ids if id in self.stories}

    def members(self, story):
        return [id for id, number in self.stories.items() if number == story]

    def apart(self, ids):
        return {other for pair in self.parted if not pair.isdisjoint(ids) for other in pair - set(ids)}

    def near(self, id, **context):
        def known(ids):
            return [self.headline(i) for i in ids if i in self.headlines]

        story = [i for i, s in self.stories.items() if s == self.stories.get(id) and i != id]
        found = related.Context(story=story, **context)
        return related.neighbours(self.headline(id), self.texts[id], self, known, found)

    def headline(self, id):
        return replace(self.headlines[id], story=self.stories.get(id, 0))

    def remove(self, id):
        del self.blobs[id], self.headlines[id]
        for hits in self.postings.values():
            if id in hits:
                hits.remove(id)


QUAKE = (
    "Strong earthquake shakes Lisbon",
    """A strong earthquake shook Lisbon on Monday, the Portuguese geological institute said.
    Mayor Carlos Moedas called on residents to stay calm.""",
)
QUAKE_AGAIN = (
    "Lisbon hit by strong earthquake, mayor calls for calm",
    """Residents ran into the streets of Lisbon as an earthquake hit Portugal on Monday.
    Carlos Moedas said that nobody was hurt.""",
)
OTHERS = (
    ("Chess champion retires", "The champion ends a career of thirty years at the board in Oslo."),
    ("Parliament votes on fishing quotas", "Ministers from the coast had asked for smaller catches of cod."),
    ("New album climbs the charts", "The singer recorded the songs in a barn in Wales with two friends."),
    ("Scientists map the sea floor", "A drone fleet of the institute surveyed the ridge for eleven weeks."),
)


@pytest.fixture
def shelf():
    shelf = Shelf()
    for feed, (title, body) in enumerate(OTHERS, 10):
        shelf.add(title, body, feed=feed, days=1)
    return shelf


def term(word):
    (found,) = words(word)
    return key(found)


def test_the_headline_counts_more_than_the_body_and_a_name_more_than_a_word():
    weights = weigh(Text("Storm over the harbour", "Boats sank near the pier, and Ana Costa lost two nets."))
    assert weights[term("storm")] > weights[term("pier")]
    assert weights[term("Costa")] > weights[term("pier")]


def test_a_capital_that_begins_a_sentence_makes_no_name():
    weights = weigh(Text("", "Boats sank. Nets were lost when Costa came."))
    assert weights[term("nets")] == weights[term("sank")] < weights[term("costa")]


def test_a_headline_in_title_case_names_nobody():
    weights = weigh(Text("Minister Wants Higher Taxes On Sugar Drinks"))
    assert len(set(weights.values())) == 1


def test_only_the_first_words_of_a_body_count():
    weights = weigh(Text("Title", "word " * 100 + "latecomer"))
    assert term("latecomer") not in weights


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "It is not what they would have been with us, and this was all about him"),
        ("fr", "Ce n'est pas pour eux que nous sommes dans cette, et il y avait aussi leurs"),
        ("de", "Es ist nicht so, dass wir mit ihnen auf der und in einem aber auch für sie"),
        ("es", "No es que los otros sean para nosotros, pero también han sido con ellos"),
        ("pt", "Não é que os outros são para nós, mas também foram com eles por causa"),
        ("ru", "Он не был в том, что они и мы как бы уже на этом, но это все так же"),
        ("ar", "هذا هو ما كان من هذه في ذلك الذي كانت على أن لا إلى"),
        ("hi", "यह नहीं है कि वे और हम इस में से थे और उनके लिए"),
        ("km", "នេះ គឺ ជា ដែល នៅ ក្នុង និង ដោយ"),
        ("ja", "これはそれでありますからです"),
        ("zh", "这是了的在也"),
    ],
)
def test_function_words_never_relate(lang, text):
    """Two texts that share only grammar share next to nothing."""
    assert len(weigh(Text(text, "", lang))) <= 2
    shelf = Shelf()
    one = shelf.add(text, "", lang=lang)
    shelf.add(text + " …", "", feed=2, lang=lang)
    assert shelf.near(one) == ()


def test_a_function_word_of_one_language_is_matter_in_another():
    german = weigh(Text("Die Stadt und die Häfen", "Man hat den Plan für die Stadt auf dem Tisch."))
    assert term("die") not in german
    english = weigh(Text("They die of thirst", "The animals were there when they had to die in the heat."))
    assert term("die") in english


def test_acronyms_are_no_function_words():
    weights = weigh(Text("The WHO and the US agree with us", "It was said by those who were there."))
    assert term("WHO") in weights
    assert term("US") in weights


def test_people_stand_for_their_country():
    assert sights("Cambodian")[0].key == sights("Cambodia")[0].key
    assert sights("U.S.")[0].key == sights("American")[0].key


def test_the_name_of_the_source_at_the_end_of_a_headline_is_dropped():
    weights = weigh(Text("Storm sinks boats - Harbour Gazette", "", "en", "Harbour Gazette"))
    assert term("gazette") not in weights
    assert term("storm") in weights


def test_numbers_of_two_digits_tell_events_apart():
    weights = weigh(Text("Fire kills 37 in 2 houses"))
    assert key("37") in weights
    assert key("2") not in weights


def test_words_with_marks_stay_whole():
    weights = weigh(Text("प्रधानमंत्री ने दिल्ली में भाषण दिया"))
    assert set(map(key, words("प्रधानमंत्री दिल्ली भाषण"))) <= weights.keys()


def test_a_packed_vector_comes_back():
    weights = weigh(Text(*QUAKE))
    vector = make(7, 29_000_000, weights, Rarity.of(weights, Shelf()))
    assert (vector.feed, vector.minute) == (7, 29_000_000)
    assert unpack(pack(vector)) == vector


def test_a_vector_of_the_first_make_is_read():
    old = struct.pack("<IIH2I2B", 7, 29_000_000, 2_048, 5, 6, 64, 32)
    assert unpack(old) == Vector(7, 29_000_000, 2.0, {5: 64, 6: 32})


@given(st.binary(max_size=300), st.booleans(), st.integers(0, 300))
def test_a_damaged_vector_is_harmless(blob, whole, end):
    if whole:
        blob = (
            pack(make(1, 9, weigh(Text(*QUAKE)), Rarity.of(weigh(Text(*QUAKE)), Shelf())))[:end] + blob[end:]
        )
    assert isinstance(unpack(blob), Vector)


def test_rare_terms_are_rarer_than_common_ones():
    shelf = Shelf()
    for place in range(30):
        shelf.add(f"Harbour report {place}", "The harbour was calm.")
    rarity = Rarity.of([term("harbour"), term("octopus"), term("president")], shelf)
    assert rarity.values[term("octopus")] > rarity.values[term("harbour")]
    assert rarity.values[term("octopus")] > rarity.values[term("president")]  # as the shipped estimate knows
    assert background()[term("president")] > 0.01


def test_three_articles_are_enough():
    shelf = Shelf()
    shelf.add(*OTHERS[0], feed=2)
    quake = shelf.add(*QUAKE, feed=1)
    again = shelf.add(*QUAKE_AGAIN, feed=3, days=0.2)
    (row,) = shelf.near(quake)
    assert (row.headline.id, row.kind) == (again, "related")


def test_nothing_related_is_an_empty_list(shelf):
    assert shelf.near(1) == ()


def test_why_names_names_first_and_whole(shelf):
    quake = shelf.add(*QUAKE)
    shelf.add(*QUAKE_AGAIN, feed=3)
    (row,) = shelf.near(quake)
    assert row.why.startswith("Lisbon, Carlos Moedas") or row.why.startswith("Carlos Moedas, Lisbon")
    assert "earthquake" in row.why


def test_why_is_in_the_words_of_the_article_that_is_read():
    text = Text("Fleet sails", "We saw Iran's fleet. Later the Iranian answer came.")
    reasons = Reasons(Wordings.of(text), weigh(text), Rarity.of(weigh(text), Shelf()))
    assert reasons.why([term("Iranian")]) == "Iran"


def test_a_name_stands_before_a_word_that_weighs_more():
    text = Text("Volcano wakes volcano watchers", "The volcano was seen by Costa.")
    reasons = Reasons(Wordings.of(text), weigh(text), Rarity.of(weigh(text), Shelf()))
    assert reasons.why([term("volcano"), term("Costa")]) == "Costa, volcano"


def test_a_word_of_a_longer_name_is_not_said_again():
    port, lumen, solar = range(3)
    surfaces = {port: "Port", lumen: "Lumen", solar: "solar"}
    wordings = Wordings(surfaces, frozenset({port, lumen}), ((lumen,), (port, lumen)), {})
    reasons = Reasons(wordings, dict.fromkeys(surfaces, 1.0), Rarity(9, {}, dict.fromkeys(surfaces, 1.0), {}))
    assert reasons.why([port, lumen, solar]) == "Port Lumen, solar"


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("東京で大地震が発生", "北海道で大地震が発生した", "大地震"),
        ("ព័ត៌មាន\u200bកម្ពុជា\u200bថ្មី", "ការ\u200bបោះឆ្នោត\u200bកម្ពុជា", "កម្ពុជា"),
        ("दिल्ली में चुनाव", "चुनाव की तारीख", "चुनाव"),
        ("서울에서 대통령은 말했다", "부산에서 대통령이 말했다", "대통령"),
    ],
)
def test_why_in_scripts_without_spaces_or_with_marks(one, other, reason):
    text = Text(one)
    reasons = Reasons(Wordings.of(text), weigh(text), Rarity.of(weigh(text), Shelf()))
    assert reason in reasons.why(weigh(Text(other)))


def test_years_are_no_reason():
    text = Text("Budget for 2031 rejected", "The 2031 plan failed.")
    weights = weigh(text)
    assert Reasons(Wordings.of(text), weights, Rarity.of(weights, Shelf())).why([term("2031")]) == ""


def test_days_and_months_are_no_reason():
    text = Text("Ferry sails on Tuesday", "The boat leaves in October.")
    reasons = Reasons(Wordings.of(text), weigh(text), Rarity.of(weigh(text), Shelf()))
    assert reasons.why(weigh(text)) == "Ferry, sails, boat"


def test_another_feeds_report_is_the_same_story_once_a_source(shelf):
    quake = shelf.add(*QUAKE, feed=1, tell=True)
    again = shelf.add(*QUAKE_AGAIN, feed=2, tell=True)
    twice = shelf.add(QUAKE_AGAIN[0] + " again", QUAKE_AGAIN[1], feed=2, tell=True)
    rows = [row for row in shelf.near(quake) if row.kind == "same story"]
    assert [row.headline.id for row in rows] in ([again], [twice])


def test_a_story_needs_another_feed_unless_it_is_a_copy(shelf):
    shelf.add(*QUAKE, feed=1, tell=True)
    own = shelf.add(
        "Lisbon earthquake: what we know", "Carlos Moedas spoke of broken windows.", feed=1, tell=True
    )
    assert own not in shelf.stories
    copy = shelf.add(QUAKE[0] + ", update", QUAKE[1], feed=1, tell=True)
    assert copy in shelf.stories


def test_a_story_ends_after_days(shelf):
    shelf.add(*QUAKE, feed=1, days=5, tell=True)
    late = shelf.add(*QUAKE_AGAIN, feed=2, tell=True)
    assert late not in shelf.stories


def test_updates_in_the_same_feed_are_not_shown_as_other_reports(shelf):
    quake = shelf.add(*QUAKE, feed=1, tell=True)
    again = shelf.add(*QUAKE_AGAIN, feed=2, tell=True)
    copy = shelf.add(QUAKE[0] + ", update", QUAKE[1], feed=1, tell=True)
    assert shelf.stories.keys() == {quake, again, copy}
    assert [row.headline.id for row in shelf.near(quake)] == [again]


def test_a_story_does_not_drift(shelf):
    """Each report is like the one before, the last not at all like the first: it stays out."""
    names = ["".join(pair) for pair in permutations(("ra", "mo", "ti", "le", "su"), 2)]
    chain = [
        shelf.add(" ".join(names[at : at + 6]), feed=at + 1, days=1 - at / 20, tell=True) for at in range(14)
    ]
    assert shelf.stories[chain[0]] == shelf.stories[chain[1]]
    assert shelf.stories.get(chain[-1]) != shelf.stories[chain[0]]


DAM = "Dam breaks near Valmora, Castellan orders evacuation"
FLOOD = "Flood sweeps through Valmora after dam breaks, Castellan says"
RESCUE = "Rescuers search Valmora for missing after flood"


def test_a_report_between_two_stories_makes_them_one(shelf):
    """Two events until somebody tells both: the older number stays, and all of the newer one move."""
    one = [shelf.add("Dam breaks near Valmora", feed=n, tell=True) for n in (1, 2)]
    other = [shelf.add("Castellan orders evacuation of Valmora", feed=n, tell=True) for n in (3, 4)]
    assert shelf.stories == {one[0]: one[0], one[1]: one[0], other[0]: other[0], other[1]: other[0]}
    last = shelf.add(DAM, feed=5, tell=True)
    assert set(shelf.stories.items()) == {(id, one[0]) for id in (*one, *other, last)}


def test_what_the_reader_took_apart_never_meets_again(shelf):
    one = [shelf.add("Dam breaks near Valmora", feed=n, tell=True) for n in (1, 2)]
    other = [shelf.add("Castellan orders evacuation of Valmora", feed=n, tell=True) for n in (3, 4)]
    shelf.parted = [{one[1], other[0]}]
    last = shelf.add(DAM, feed=5, tell=True)
    assert shelf.stories[last] in {one[0], other[0]}
    assert shelf.stories[one[0]] == shelf.stories[one[1]] != shelf.stories[other[0]]


def test_an_article_joins_no_story_that_it_was_taken_out_of(shelf):
    one = [shelf.add(DAM, feed=n, tell=True) for n in (1, 2)]
    shelf.parted = [{one[0], len(shelf.texts) + 1}]
    again = shelf.add(DAM, feed=3, tell=True)
    assert again not in shelf.stories


def test_an_article_that_stood_alone_is_taken_in_by_the_story_it_turns_out_to_tell(shelf):
    alone = shelf.add("Valmora evacuation: Castellan speaks", feed=1, tell=True)
    one = [shelf.add("Dam breaks near Valmora", feed=n, tell=True) for n in (2, 3)]
    assert alone not in shelf.stories
    last = shelf.add(DAM, feed=5, tell=True)
    assert {shelf.stories[id] for id in (alone, *one, last)} == {alone}


def test_one_championship_is_many_stories():
    """Matches of one event share its name, its city and its words, but not who plays."""
    shelf = Shelf()
    pairs = ["Brazil Norway", "Ghana Japan", "Chile Kenya", "Peru Egypt", "Iran Wales", "Cuba Spain"]
    for day, pair in enumerate(pairs):
        one, other = pair.split()
        for feed in range(3):
            title = ("{} beat {} at World Cup", "World Cup: {} too strong for {}", "{} win, {} out")[feed]
            shelf.add(title.format(one, other), feed=feed + 1, days=3 - day / 2, tell=True)
    largest = Counter(shelf.stories.values()).most_common(1)[0][1]
    assert largest <= 3


def report(article, *, feed=1, sort=0, size=1_000, opened=0):
    return related.Report(article, feed, sort, size, opened)


def test_the_lead_is_the_earliest_full_report_of_the_feed_that_is_read_most():
    flash = report(1, feed=1, sort=10, size=80, opened=9)
    first, second = report(3, feed=1, sort=20, opened=9), report(2, feed=1, sort=30, size=1_200, opened=9)
    other = report(4, feed=2, sort=5, opened=3)
    assert related.lead([flash, second, other, first]) == 3


def test_the_lead_is_the_longest_report_where_none_of_the_feeds_was_read():
    assert related.lead([report(1, size=100), report(2, feed=2, size=900), report(3, size=0)]) == 2


def test_a_short_report_of_the_feed_read_most_does_not_lead():
    assert related.lead([report(1, size=100, opened=9), report(2, feed=2, size=900)]) == 2


def test_an_essay_makes_no_report_short():
    assert related.lead([report(1, size=2_000, opened=9), report(2, feed=2, size=20_000)]) == 1


def test_among_equal_reports_the_earlier_leads_then_the_lower_id():
    assert related.lead([report(3, sort=2), report(2, sort=1), report(1, sort=1, feed=2)]) == 1
    assert related.lead([report(5, size=0)]) == 5


def test_the_words_of_a_subject_make_no_story():
    """Texts that share only what many others hold too are related, but tell no common event."""
    subject = ("telescope", "orbit", "particle", "genome", "reactor", "vaccine", "glacier", "enzyme")
    shelf = Shelf()
    for place, six in enumerate([*combinations(subject, 6)] * 3):
        shelf.add(" ".join(six), feed=place, days=place / 500)
    last = shelf.add(" ".join(subject[:6]), feed=999, tell=True)
    assert last not in shelf.stories
    assert shelf.near(last)


def test_one_shared_name_makes_no_story(shelf):
    shelf.add("Sokha, Sokha, Sokha, Sokha", feed=1, tell=True)
    shelf.add("Sokha, Sokha, Sokha, Sokha", feed=2, tell=True)
    assert not shelf.stories


def test_earlier_is_background_with_names(shelf):
    quake = shelf.add(*QUAKE, feed=1)
    old = shelf.add(
        "Lisbon remembers its earthquake", "Carlos Moedas opened a museum in Lisbon.", feed=2, days=40
    )
    (row,) = shelf.near(quake)
    assert (row.headline.id, row.kind) == (old, "earlier")


def test_newest_first_among_equals(shelf):
    quake = shelf.add(*QUAKE, feed=1)
    older = shelf.add("Lisbon earthquake: Moedas stops all trains and trams", feed=2, days=0.11)
    newer = shelf.add("Lisbon earthquake: Moedas wants planes to land", feed=3, days=0.1)
    assert [row.headline.id for row in shelf.near(quake)] == [newer, older]


def test_copies_are_shown_once(shelf):
    quake = shelf.add(*QUAKE, feed=1)
    shelf.add(*QUAKE_AGAIN, feed=2)
    shelf.add(*QUAKE_AGAIN, feed=3)
    assert len(shelf.near(quake)) == 1


def visits(shelf, count, **more):
    """Add neighbours of the earthquake that are no copies of each other."""
    for place in range(count):
        name = chr(97 + place)
        kept = {"feed": 20 + place} | more
        shelf.add(f"Lisbon earthquake: Moedas visits {name}borough {name}street {name}ville", **kept)


def test_one_feed_does_not_fill_the_list(shelf):
    quake = shelf.add(*QUAKE, feed=1)
    other = shelf.add("Lisbon earthquake: Moedas thanks volunteers", feed=3, days=3)
    visits(shelf, 15, feed=2)
    assert other in [row.headline.id for row in shelf.near(quake)]


def test_what_is_earlier_keeps_its_place_beside_much_that_is_related(shelf):
    quake = shelf.add(*QUAKE, feed=1)
    for place, what in enumerate(
        ("museum opened", "anniversary kept", "book praised", "drill held", "film shown")
    ):
        shelf.add(f"Lisbon earthquake {what} by Moedas", feed=40 + place, days=20)
    visits(shelf, 20)
    kinds = Counter(row.kind for row in shelf.near(quake))
    assert kinds == {"related": 8, "earlier": 4}


def test_what_the_page_lists_stands_first_however_weak(shelf):
    quake = shelf.add(*QUAKE, feed=1)
    again = shelf.add(*QUAKE_AGAIN, feed=2)
    rows = shelf.near(quake, listed=(3,))
    assert [(row.headline.id, row.kind) for row in rows] == [(3, "listed"), (again, "related")]


def test_what_is_listed_stands_in_no_other_section(shelf):
    quake = shelf.add(*QUAKE, feed=1)
    again = shelf.add(*QUAKE_AGAIN, feed=2)
    rows = shelf.near(quake, listed=(again,))
    assert [(row.headline.id, row.kind) for row in rows] == [(again, "listed")]


def test_the_headlines_of_a_page_are_compared_with_the_whole_article(shelf):
    quake = shelf.add(QUAKE[0], QUAKE[1] + " word" * 80 + " The Azores felt nothing.", feed=1)
    far = shelf.add("Robot contest won by students", feed=1, bare=True)
    near = shelf.add("Azores ferry delayed", feed=1, bare=True)
    assert [(row.headline.id, row.why) for row in shelf.near(quake, named=(far, near))] == [
        (near, "Azores"),
        (far, ""),
    ]


def test_an_article_is_not_its_own_neighbour(shelf):
    quake = shelf.add(*QUAKE, feed=1)
    _, _, matches = related.ranked(quake, shelf, also=(quake, 1))
    assert quake not in [match.id for match in matches]
    assert shelf.near(quake, listed=(), named=(quake,)) == ()


def test_bare_headlines_of_the_page_come_last_most_related_first(shelf):
    quake = shelf.add(*QUAKE, feed=1)
    far = shelf.add("Robot contest won by students", feed=1, bare=True)
    near = shelf.add("Lisbon airport reopens", feed=1, bare=True)
    rows = shelf.near(quake, named=(far, near))
    assert [(row.headline.id, row.kind) for row in rows] == [(near, "on this page"), (far, "on this page")]
    assert rows[0].why == "Lisbon"
    assert rows[1].why == ""


def test_at_most_a_dozen_rows(shelf):
    quake = shelf.add(*QUAKE, feed=1)
    named = tuple(
        shelf.add(f"Mere headline {chr(97 + place)}{chr(97 + place)}", bare=True) for place in range(15)
    )
    assert len(shelf.near(quake, named=named)) == ROWS_MAX
    visits(shelf, 20)
    assert len(shelf.near(quake)) == ROWS_MAX


def test_common_terms_are_looked_up_only_around_the_article(monkeypatch):
    monkeypatch.setattr("reader.related.ranking.POSTINGS", 5)
    monkeypatch.setattr("reader.related.ranking.WINDOW", 10)
    shelf = Shelf()
    for place in range(40):
        shelf.add(f"harbour note {chr(97 + place % 26) * 4}{place}", feed=place)
    last = shelf.add("harbour note final", feed=99)
    _, _, matches = related.ranked(last, shelf)
    assert min(match.id for match in matches) == last - 10


def test_an_old_article_finds_what_came_before_and_after_it(monkeypatch):
    """Not the newest articles, when all that it says is common by now."""
    monkeypatch.setattr("reader.related.ranking.POSTINGS", 5)
    monkeypatch.setattr("reader.related.ranking.WINDOW", 10)
    monkeypatch.setattr("reader.related.ranking.WINDOW_HITS", 8)
    shelf = Shelf()
    for place in range(60):
        shelf.add(f"harbour note {chr(97 + place % 26) * 4}{place}", feed=place)
    _, _, matches = related.ranked(20, shelf)
    assert {match.id for match in matches} == {*range(12, 20), *range(21, 29)}


def test_a_removed_article_is_no_neighbour(shelf):
    quake = shelf.add(*QUAKE, feed=1)
    again = shelf.add(*QUAKE_AGAIN, feed=2)
    shelf.remove(again)
    assert shelf.near(quake) == ()


SCRIPTS = st.text(max_size=200) | st.lists(
    st.sampled_from(
        [
            *("Lisbon", "earthquake", "Москва", "выборы", "नई", "दिल्ली", "में", "ភ្នំពេញ", "កម្ពុជា"),
            *(
                "東京で地震",
                "서울",
                "القاهرة",
                "في",
                "مصر",
                "2026",
                "U.S.",
                "the",
                "of",
                "é",
                "ﬁ",
                "🙂",
                "\u200b",
            ),
        ]
    ),
    max_size=30,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(SCRIPTS, SCRIPTS, st.integers(1, 3), st.integers(0, 60)), min_size=1, max_size=8))
def test_any_texts_in_any_script(articles):
    """No exception, never the article itself, the same answer twice, each neighbour once."""
    shelf, again = Shelf(), Shelf()
    for title, body, feed, days in articles:
        for one in (shelf, again):
            one.add(title, body, feed=feed, days=days, tell=True)
    assert shelf.stories == again.stories
    for id in shelf.headlines:
        rows = shelf.near(id)
        ids = [row.headline.id for row in rows]
        assert id not in ids
        assert len(ids) == len(set(ids)) <= ROWS_MAX
        assert rows == again.near(id)
