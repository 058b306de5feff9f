"""Related news in twelve languages: reports of one event find each other, function words relate nothing."""

import time
import unicodedata

import pytest

from tests.reports import EVENTS, GRAMMAR, OTHERS
from tests.test_related import Shelf


def filled(skip=()):
    """A shelf with two reports of each event and one other article in each language: ids by language."""
    shelf, ids = Shelf(), {}
    for feed, lang in enumerate(EVENTS, 1):
        if lang not in skip:
            shelf.add(*OTHERS[lang], feed=3 * feed, lang=lang, days=0.5)
            one, other = EVENTS[lang]
            ids[lang] = (
                shelf.add(*one, feed=3 * feed + 1, lang=lang, days=0.3, tell=True),
                shelf.add(*other, feed=3 * feed + 2, lang=lang, days=0.1, tell=True),
            )
    return shelf, ids


@pytest.fixture(scope="module")
def mixed():
    return filled()


def near(shelf, id):
    return [row.headline.id for row in shelf.near(id)]


@pytest.mark.parametrize("lang", EVENTS)
def test_two_reports_of_an_event_relate_to_each_other_and_to_nothing_else(mixed, lang):
    shelf, ids = mixed
    one, other = ids[lang]
    assert near(shelf, one) == [other]
    assert near(shelf, other) == [one]


@pytest.mark.parametrize("lang", EVENTS)
def test_the_why_says_words_of_the_article(mixed, lang):
    shelf, ids = mixed
    for id in ids[lang]:
        (row,) = shelf.near(id)
        text = shelf.texts[id].title + " " + shelf.texts[id].body
        parts = row.why.split(", ")
        assert parts
        assert all(word in text for part in parts for word in part.split())


@pytest.mark.parametrize("lang", OTHERS)
def test_an_article_of_its_own_relates_to_nothing(mixed, lang):
    shelf, ids = mixed
    assert near(shelf, ids[lang][0] - 1) == []


@pytest.mark.parametrize("lang", GRAMMAR)
def test_function_words_relate_nothing(lang):
    """Neither two texts of nothing else nor two articles that have them in common."""
    shelf, ids = filled()
    title, body = GRAMMAR[lang]
    one = shelf.add(title, body, lang=lang, feed=90)
    other = shelf.add(body, title, lang=lang, feed=91)
    assert near(shelf, one) == near(shelf, other) == []
    with_event = shelf.add(EVENTS[lang][0][0], body, lang=lang, feed=92)
    with_other = shelf.add(OTHERS[lang][0], body, lang=lang, feed=93)
    assert with_other not in near(shelf, with_event)
    assert set(near(shelf, with_event)) <= set(ids[lang])


FORMS = {
    "capitals": str.upper,
    "small": str.lower,
    "composed": lambda text: unicodedata.normalize("NFC", text),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "compatible": lambda text: unicodedata.normalize("NFKC", text),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lang", EVENTS)
def test_casing_and_unicode_forms_do_not_matter(lang, form):
    shelf, ids = filled(skip=set(EVENTS) - {lang, "en", "zh"})
    title, body = EVENTS[lang][1]
    shown = shelf.add(FORMS[form](title), FORMS[form](body), lang=lang, feed=90)
    assert ids[lang][0] in near(shelf, shown)


@pytest.mark.parametrize("lang", ["fr", "de", "es", "pt"])
def test_accents_do_not_matter(lang):
    shelf, ids = filled(skip=set(EVENTS) - {lang, "en"})
    bare = [
        "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
        for text in EVENTS[lang][1]
    ]
    assert ids[lang][0] in near(shelf, shelf.add(*bare, lang=lang, feed=90))


@pytest.mark.parametrize("lang", EVENTS)
def test_the_language_need_not_be_stated(lang):
    shelf = Shelf()
    for text in OTHERS.values():
        shelf.add(*text, feed=1)
    one, other = (shelf.add(*text, feed=feed) for feed, text in enumerate(EVENTS[lang], 2))
    assert near(shelf, one) == [other]


def test_a_library_of_many_languages_stays_fast():
    """CPU for one article, to add and to ask: several times what it takes, for a slow machine."""
    shelf, place = Shelf(), 0
    start = time.process_time()
    for turn in range(40):
        for lang, texts in EVENTS.items():
            place += 1
            shelf.add(*texts[turn % 2], feed=place, lang=lang, days=turn / 40, tell=turn % 8 == 0)
    for id in range(1, place, 20):
        shelf.near(id)
    assert time.process_time() - start < 0.02 * place
