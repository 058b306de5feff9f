"""The grammar of news pages: what stands where."""

import re
from datetime import UTC, datetime

import pytest

from reader import local
from reader.model import Mention
from tests.pages import WRITTEN, entry, paragraphs, parsed, tokens
from tests.shared import shared

HEADLINE = "Cambodia Seeks to Enhance Immigration Management"

PAGE = f"""China Monitors Incident | Prime Minister Dismisses Rumors |

{HEADLINE}

Phnom Penh, June 13, 2024: A delegation is in Australia.

Sar Sokha met with Andrew Giles on June 12.

Related News
"""


def test_the_page_of_phnom_penh_has_its_three_parts():
    path = shared("page") / "phnom-penh-2024-06-13.txt"
    feed = local.load(path)
    lines = [line for line in path.read_text().splitlines() if line.strip()]
    assert [mention.title for mention in feed.ticker] == [
        "China Monitors Shooting Incident Involving Former U.S. President Trump",
        "Cambodian Prime Minister Dismisses Rumors of Foreign Electric Taxi Operations",
        "ITC02 Triumphs at Cambodia Robocon 2024, Set to Represent Nation in Vietnam",
        "Senate President Hun Sen Escorts King in Banquet for Vietnamese President",
        "BYD Asia Pacific to Establish Electric Vehicle Assembly Plant in Cambodia",
    ]
    (article,) = feed.entries
    assert article.title == lines[1]
    assert article.dateline == "Phnom Penh"
    assert article.published is not None
    assert article.published.date().isoformat() == "2024-06-13"
    assert paragraphs(article.html) == lines[2:-1]
    assert len(paragraphs(article.html)) == 6
    assert article.related == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page,
        lambda page: page.replace("\n", "\r\n"),
        lambda page: page.replace("\n", "\r"),
        lambda page: "\ufeff" + page,
        lambda page: "\n\n  \n" + page,
        lambda page: page.replace(" |\n", "\n"),
        lambda page: page.replace(" | ", "\t|\t"),
        lambda page: page.rstrip("\n"),
        lambda page: page.replace("Related News", "**Related News:**"),
        lambda page: page.replace("Related News", "RELATED NEWS"),
        lambda page: re.sub("\n+", "\n", page),
        lambda page: page.replace("\n\n", "\n\n\n\n"),
        lambda page: page.replace("\n\n", "\n \t\n"),
        lambda page: page.replace(HEADLINE, f"# {HEADLINE}"),
        lambda page: page.replace(HEADLINE, f"{HEADLINE}\n======"),
        lambda page: page.replace("to Enhance", "to\nEnhance") if "\n\n" in page else page,
    ],
)
def test_the_same_page_in_other_dress(change):
    feed = parsed(change(PAGE))
    (article,) = feed.entries
    assert [mention.title for mention in feed.ticker] == [
        "China Monitors Incident",
        "Prime Minister Dismisses Rumors",
    ]
    assert article.title == HEADLINE
    assert (article.dateline, article.published) == ("Phnom Penh", datetime(2024, 6, 13, 12, tzinfo=UTC))
    assert len(paragraphs(article.html)) == 2
    assert article.related == ()


@pytest.mark.parametrize(
    ("top", "headline"),
    [
        ("A headline that\nwas wrapped", "A headline that was wrapped"),
        ("A headline that\nwas wrapped\nBy Sok Dara", "A headline that was wrapped"),
        ("A headline\nA paragraph follows at once. It goes on.", "A headline"),
        ("A headline\n- an item\n- another", "A headline"),
        ("One\nTwo\nThree\nFour\nFive\nSix", "One"),
        ("One\nTwo\nThree\nFour\nBy Sok Dara", "One Two Three Four"),
        ("A headline\n" + "and a paragraph " * 20, "A headline"),
    ],
)
def test_a_headline_goes_to_the_blank_line_if_it_can_be_one(top, headline):
    article = entry(f"{top}\n\nThe report.\n")
    assert article.title == headline
    assert tokens(top) - tokens(article.html) - tokens(headline) <= tokens("By Sok Dara")


def test_a_rule_above_the_headline_is_none():
    assert entry("=====\nHeadline\n=====\n\nText.\n").title == "Headline"


def test_a_byline_may_stand_right_above_the_report():
    article = entry("Headline\n\nBy Sok Dara\nOSLO, June 13, 2024 — Text.\n\nMore.\n")
    assert (article.author, article.dateline) == ("Sok Dara", "OSLO")
    assert paragraphs(article.html) == ["OSLO, June 13, 2024 — Text.", "More."]


def test_a_name_that_opens_a_paragraph_is_no_byline():
    article = entry("Headline\n\nBy Monday the delegation had seen\nthree cities and more.\n\nMore.\n")
    assert article.author == ""
    assert "By Monday" in article.html


def test_only_a_headline():
    article = entry("Only a headline")
    assert (article.title, article.html, article.published) == ("Only a headline", "", WRITTEN)


@pytest.mark.parametrize("words", ["", "\n\n \n", "\u200b\n"])
def test_a_page_without_words_is_named_after_its_file(words):
    assert entry(words).title == "page.txt"


def test_a_bar_in_a_headline_is_no_ticker():
    feed = parsed("Morning | The Harbour Post")
    assert feed.ticker == ()
    assert feed.entries[0].title == "Morning | The Harbour Post"


def test_a_page_may_be_a_ticker_alone():
    feed = parsed("One | Two |\nThree | Four |\n")
    assert [mention.title for mention in feed.ticker] == ["One", "Two", "Three", "Four"]
    assert feed.entries == ()


def test_a_row_of_a_table_is_no_ticker():
    assert parsed("| a | b |\n|---|---|\n| c | d |\n", marked=True).ticker == ()


def test_text_without_a_headline_lends_its_first_words():
    words = "A paragraph that goes on. " * 20
    article = entry(words + "\n\nAnd another.")
    assert len(article.title) <= 101
    assert article.title.endswith("…")
    assert paragraphs(article.html) == [words.strip(), "And another."]


def test_a_report_that_opens_at_once_keeps_its_dateline():
    article = entry("Phnom Penh, June 13, 2024: A delegation came.\n\nIt left.")
    assert (article.title, article.dateline) == ("A delegation came.", "Phnom Penh")
    assert len(paragraphs(article.html)) == 2


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Sok Dara", "Sok Dara"),
        ("Par Maëlle Sorin", "Maëlle Sorin"),
        ("Written by Sok Dara and Noor Adeyo", "Sok Dara and Noor Adeyo"),
        ("*By Sok Dara*", "Sok Dara"),
        ("By Sok Dara, June 12, 2024", "Sok Dara"),
        ("By Sok Dara | 12 June 2024", "Sok Dara"),
        ("ដោយ សុខ ដារ៉ា", "សុខ ដារ៉ា"),
    ],
)
def test_a_byline_names_the_author(line, author):
    article = entry(f"Headline\n\n{line}\n\nThe report.\n")
    assert (article.author, article.html) == (author, "<p>The report.</p>")


@pytest.mark.parametrize(
    "line", ["By then it was over.", "By land and sea they came", "By Monday, all had left."]
)
def test_a_sentence_is_no_byline(line):
    article = entry(f"Headline\n\n{line.lower().capitalize()}\nand home again.\n\nMore.\n")
    assert article.author == ""


def test_the_date_that_the_page_states_goes_before_dateline_and_file():
    report = "Headline\n\nPhnom Penh, June 13, 2024: Text.\n"
    assert entry(f"---\ndate: 2024-06-20\n---\n{report}").published == datetime(2024, 6, 20, 12, tzinfo=UTC)
    assert entry(report).published == datetime(2024, 6, 13, 12, tzinfo=UTC)
    assert entry("Headline\n\nText.\n").published == WRITTEN
    assert entry("---\ndate: 3024-06-20\n---\nHeadline\n\nText.\n").published == WRITTEN


def test_a_dateline_without_a_year_takes_it_from_the_file():
    article = entry("Headline\n\nOSLO, December 30 — Text.\n")
    assert article.published == datetime(2023, 12, 30, 12, tzinfo=UTC)


def test_a_date_on_a_line_of_its_own():
    article = entry("Headline\n\nPublished: 12 June 2024\n\nText.\n")
    assert (article.published, article.html) == (datetime(2024, 6, 12, 12, tzinfo=UTC), "<p>Text.</p>")


def test_front_matter_states_what_the_page_does_not():
    feed = parsed(
        '---\n# a comment\nTitle: "The Title"\nbyline: [Sok Dara, Noor Adeyo]\nsource: The Post\ntopics:\n'
        "  - World\n  - Business, Health\nlink: https://Example.org/a\nlang: km\nplace: Oslo\n"
        "summary: In short\nrelated:\n  - One thing\n  - Two (https://example.org/2)\n"
        "ticker: First | Second\nmood: calm\n---\nThe Title\n\nText.\n"
    )
    (article,) = feed.entries
    assert feed.title == "The Post"
    assert article.title == "The Title"
    assert article.author == "Sok Dara, Noor Adeyo"
    assert article.categories == ("World", "Business", "Health")
    assert article.url == "https://example.org/a"
    assert (article.lang, article.dateline, article.html) == ("km", "Oslo", "<p>Text.</p>")
    assert article.related == (Mention("One thing"), Mention("Two", "https://example.org/2"))


@pytest.mark.parametrize(
    "words", ["---\nA line of prose\n---\n\nText", "---\ntitle: x\n\nText", "---\nnote: x\n---\n\nText"]
)
def test_what_is_no_front_matter_stays_text(words):
    article = entry(words)
    assert "Text" in article.html + article.title
    assert tokens(words) <= tokens(article.html) + tokens(article.title)
