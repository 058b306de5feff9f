"""How often a feed wants to be asked, as its head says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import parse
from reader.model import Pace
from reader.parse.pace import pace
from reader.sandbox import wire

HEAD = "<rss version='2.0' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'><channel><title>N</title>"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("", Pace()),
        ("<ttl>90</ttl>", Pace(90)),
        ("<ttl> 90\n</ttl>", Pace(90)),
        ("<ttl>often</ttl>", Pace()),
        ("<ttl>999999</ttl>", Pace(366 * 1440)),
        (
            "<skipHours><hour>0</hour><hour>24</hour>\n<hour>5</hour><hour>77</hour></skipHours>",
            Pace(0, (0, 5)),
        ),
        ("<skipDays><day>Saturday</day><day>sunday</day><day>Blursday</day></skipDays>", Pace(0, (), (5, 6))),
        ("<sy:updatePeriod> hourly </sy:updatePeriod>", Pace(60)),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", Pace(360)),
        ("<sy:updateFrequency>4</sy:updateFrequency>", Pace()),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", Pace(1440)),
        ("<item><ttl>90</ttl></item>", Pace()),
    ],
)
def test_what_a_feed_says(said, meant):
    assert pace(f"{HEAD}{said}<item><title>x</title></item></channel></rss>") == meant


def test_it_comes_with_the_feed_also_out_of_the_sandbox():
    body = f"{HEAD}<ttl>90</ttl><item><title>x</title></item></channel></rss>".encode()
    found = parse.feed(body)
    assert found.pace == Pace(90)
    assert wire.unpacked(wire.packed(found)).pace == Pace(90)


@given(st.text(st.sampled_from("<>/ttlskipHoursday:updatePerio \n1234567890"), max_size=500))
def test_whatever_is_said_is_no_fault(text):
    found = pace(HEAD + text)
    assert all(0 <= hour < 24 for hour in found.hours)
    assert 0 <= found.minutes <= 366 * 1440
