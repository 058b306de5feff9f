"""Datelines and dates as people write them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.pages import dateline, dates

TODAY = date(2024, 7, 1)
JUNE_13 = date(2024, 6, 13)


@pytest.mark.parametrize(
    ("opening", "place", "day"),
    [
        ("Phnom Penh, June 13, 2024: A delegation", "Phnom Penh", JUNE_13),
        ("PARIS, 3 March 2023 (Agency) — The", "PARIS", date(2023, 3, 3)),
        ("PHNOM PENH, June 13 — The", "PHNOM PENH", JUNE_13),
        ("LONDON, March 3 (Agency) - The", "LONDON", date(2024, 3, 3)),
        ("OSLO, Dec. 30 -- The", "OSLO", date(2023, 12, 30)),
        ("PHNOM PENH (AKP), June 13, 2024 -- The", "PHNOM PENH", JUNE_13),
        ("Phnom Penh, June 13, 2024 (AKP) The", "Phnom Penh", JUNE_13),
        ("Phnom Penh, June 13, 2024. The", "Phnom Penh", JUNE_13),
        ("Phnom Penh – Thursday, June 13, 2024: The", "Phnom Penh", JUNE_13),
        ("Siem Reap, Cambodia, 13 June 2024 — The", "Siem Reap, Cambodia", JUNE_13),
        ("St. Petersburg, Fla., June 3 (AP) — The", "St. Petersburg, Fla.", date(2024, 6, 3)),
        ("The Hague, 13 June 2024 — The", "The Hague", JUNE_13),
        ("New York, 2024-06-13: The", "New York", JUNE_13),
        ("Ho Chi Minh City, 13/06/2024 - The", "Ho Chi Minh City", JUNE_13),
        ("June 13, 2024, Phnom Penh — The", "Phnom Penh", JUNE_13),
        ("13 June 2024 (Phnom Penh) – The", "Phnom Penh", JUNE_13),
        ("13 June 2024 — The", "", JUNE_13),
        ("Paris, le 3 mars 2023 – Le", "Paris", date(2023, 3, 3)),
        ("Rennes, 1er août 2023 — Le", "Rennes", date(2023, 8, 1)),
        ("Berlin, 3. März 2023 (dpa) - Der", "Berlin", date(2023, 3, 3)),
        ("MADRID, 3 de marzo de 2023 (EFE).- El", "MADRID", date(2023, 3, 3)),
        ("RIO DE JANEIRO, 3 de março de 2023 - O", "RIO DE JANEIRO", date(2023, 3, 3)),
        ("L'Aquila, 3 marzo 2024 — Il", "L'Aquila", date(2024, 3, 3)),
        ("Москва, 13 июня 2024 — В", "Москва", JUNE_13),
        ("ភ្នំពេញ ថ្ងៃទី១៣ ខែមិថុនា ឆ្នាំ២០២៤៖ គណៈប្រតិភូ", "ភ្នំពេញ", JUNE_13),
        ("กรุงเทพฯ, 13 มิถุนายน 2567: คณะ", "กรุงเทพฯ", JUNE_13),
        ("【東京 2024年6月13日】政府は", "東京", JUNE_13),
        ("北京6月13日电 中国", "北京", JUNE_13),
        ("WASHINGTON — The", "WASHINGTON", None),
        ("Berlin (dpa) - Der", "Berlin", None),
        ("(ភ្នំពេញ)៖ គណៈប្រតិភូ", "ភ្នំពេញ", None),
    ],
)
def test_a_dateline_gives_place_and_date(opening, place, day):
    found = dateline.find(opening)
    assert found is not None
    assert (found.place, found.day(TODAY)) == (place, day)


@pytest.mark.parametrize(
    "opening",
    [
        "On June 13, 2024, the delegation met",
        "The meeting of June 13: a report",
        "Winners of May 5, 2024: the list",
        "Rain, snow and wind, June 13, 2024: the forecast",
        "A delegation from Cambodia, led by Sar Sokha, is currently in Australia.",
        "Earlier, June 13, 2024: nothing happened",
        "AI — the future",
        "He said: it is late",
        "It may 12 — or not",
        "PARIS, June 13, 2024 the delegation met",
        "",
    ],
)
def test_a_sentence_is_no_dateline(opening):
    found = dateline.find(opening)
    assert found is None or not found.place


def test_only_a_whole_line_is_a_date_line():
    assert dateline.alone("Phnom Penh, 13 June 2024") is not None
    assert dateline.alone("Published: 13 June 2024") is not None
    assert dateline.alone("Phnom Penh, 13 June 2024: and more") is None


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("2024-06-13", datetime(2024, 6, 13, 12, tzinfo=UTC)),
        ("2024-06-13T10:00:00Z", datetime(2024, 6, 13, 10, tzinfo=UTC)),
        ("2024-06-13 10:00 +0700", datetime(2024, 6, 13, 3, tzinfo=UTC)),
        ("Thu, 13 Jun 2024 10:00:00 +0700", datetime(2024, 6, 13, 3, tzinfo=UTC)),
        ("June 13, 2024 at 10:30 pm", datetime(2024, 6, 13, 22, 30, tzinfo=UTC)),
        ("13 juin 2024 à 10h30", datetime(2024, 6, 13, 10, 30, tzinfo=UTC)),
        ("13.06.2024", datetime(2024, 6, 13, 12, tzinfo=UTC)),
        ("6/13/2024", datetime(2024, 6, 13, 12, tzinfo=UTC)),
        ("7/6/2024", None),  # July or June: nobody knows
        ("31 June 2024", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_stated_date_is_read(words, when):
    assert dates.moment(words) == when


def test_a_missing_year_is_that_of_the_last_such_day():
    found = dates.find("29 February")
    assert found is not None
    assert found.on(date(2026, 1, 1)) == date(2024, 2, 29)
    assert found.on(None) is None


def test_dates_outside_the_limits_are_none():
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert dates.sensible(now + timedelta(hours=23), now)
    assert dates.sensible(now + timedelta(hours=25), now) is None
    assert dates.sensible(datetime(1989, 12, 31, tzinfo=UTC), now) is None


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_exception(words):
    dates.moment(words, reference=datetime(2024, 7, 1, tzinfo=UTC))
    found = dateline.find(words)
    assert found is None or (0 <= found.end <= len(words) and len(found.place) <= dateline.PLACE_MAX)


@given(
    st.sampled_from(
        ["June 13", "13 juin", "İ", "ſept 3", "ı", "២៩", "29 02", "år", "9999-12-31", "0001-01-01T00:00+14"]
    ),
    st.text(alphabet="0123456789:-/., +apmTZ()—", max_size=20),
)
def test_half_a_date_is_read_without_an_exception(start, rest):
    dates.moment(start + rest, reference=datetime(2024, 7, 1, tzinfo=UTC))
