"""Topics by evidence: the feed's own, categories, sections, titles, the reader's keywords."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import STANDARD_TOPICS, Entry, TopicRule
from reader.topics import STANDARD_MAX, classify
from reader.topics.keywords import matched, plain
from reader.topics.names import itself, standard


def names(*categories, url="", title="Headline", feed="", source="", rules=(), text=""):
    entry = Entry(title=title, url=url, categories=categories)
    return [evidence.topic for evidence in classify(entry, feed, source, rules, text)]


@pytest.mark.parametrize(
    ("name", "topic"),
    [
        ("Sports", "Sport"), ("Fußball", "Sport"), ("Deportes", "Sport"), ("Esportes", "Sport"),
        ("كرة القدم", "Sport"),
        ("खेल", "Sport"), ("កីឡា", "Sport"),
        ("スポーツ", "Sport"), ("Спорт", "Sport"), ("BBC Sport", "Sport"),
        ("World News", "World"), ("Middle East", "World"), ("Ausland", "World"),
        ("अंतरराष्ट्रीय", ""),
        ("Politique", "Politics"), ("U.S. Politics", "Politics"), ("Elecciones", "Politics"),
        ("政治", "Politics"),
        ("Économie", "Business"), ("Personal Finance", "Business"),
        ("経済", "Business"), ("Economía", "Business"),
        ("Artificial Intelligence", "Technology"),
        ("TECH", "Technology"), ("Технологии", "Technology"),
        ("Space", "Science"), ("Ciência", "Science"),
        ("Health care", "Health"), ("Santé", "Health"),
        ("Climate Change", "Environment"),
        ("Umwelt", "Environment"), ("Arts & Entertainment", "Entertainment"),
        ("Arts and Culture", "Entertainment"), ("Food & Drink", "Life"), ("Reise", "Life"),
        ("சினிமா", ""),
        ("News", ""), ("Apple pie", ""), ("", ""), ("Science fiction", ""),
    ],
)  # fmt: skip
def test_common_names_of_categories(name, topic):
    assert standard(name) == topic


def test_the_table_names_only_standard_topics():
    from reader.topics.names import _table

    assert {topic for topic, _ in _table().values()} == set(STANDARD_TOPICS)
    assert all(itself(topic) and standard(topic) == topic for topic in STANDARD_TOPICS)


def test_the_feeds_own_topic_comes_first_and_a_folder_that_means_a_standard_one_becomes_it():
    assert names("Business", feed="Tech") == ["Technology", "Business"]


def test_a_folder_of_the_readers_own_stays_and_the_standard_topic_stands_beside_it():
    assert names(feed="Linux") == ["Linux", "Technology"]
    assert names(feed="My corner") == ["My corner"]


def test_of_a_path_the_first_folder_is_shown_and_each_further_one_is_a_topic():
    assert names(feed="Morning/Sport") == ["Morning", "Morning/Sport", "Sport"]
    assert names(feed="Tech / Linux/ Kernel") == ["Technology", "Tech/Linux", "Tech/Linux/Kernel"]


def test_most_named_category_first_and_at_most_two_standard_topics():
    assert names("Economy", "Football", "Tennis", "Health") == ["Sport", "Business"]


def test_parts_of_a_category_count():
    assert names("News > Sports > Archery") == ["Sport"]


@pytest.mark.parametrize(
    ("url", "topics"),
    [
        ("https://news.example/sport/2026/07/a", ["Sport"]),
        ("https://news.example/en/business/economy/a.html", ["Business"]),
        ("https://sport.news.example/2026/a", ["Sport"]),
        ("https://news.example/2026/07/20/world-of-sport", []),
        ("https://news.example/it/articolo", []),  # Italian, not information technology
        ("https://news.example/sport", []),  # a page of that name, not an article below it
        ("", []),
    ],
)
def test_the_section_of_an_address(url, topics):
    assert names(url=url) == topics


@pytest.mark.parametrize(
    ("source", "topics"),
    [
        ("Example Wire - World", ["World"]),
        ("Example Sport", ["Sport"]),
        ("Technology | The Example", ["Technology"]),
        ("World Soccer Talk", []),
        ("The Example", []),
    ],
)
def test_the_feeds_title_when_nothing_stronger_speaks(source, topics):
    assert names(source=source) == topics
    assert names("Health", source=source) == ["Health"]


def test_nothing_known_is_no_topic():
    assert names("Banana", url="https://news.example/a/b", source="The Example") == []


RULE = TopicRule("Asean", ("Cambodia", "free  trade", "elect*", "កម្ពុជា", "選挙", "मत"))


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("Talks in CAMBODIA.", "Cambodia"),
        ("Cambodian talks", ""),
        ("A free\n trade zone", "free  trade"),
        ("The electorate", "elect*"),
        ("reelected", ""),
        ("ព័ត៌មានកម្ពុជាថ្មី", "កម្ពុជា"),
        ("次の選挙区", "選挙"),
        ("मतदान", ""),  # one word that begins so
        ("मत दिया", "मत"),
        ("A free-trade zone", "free  trade"),
        ("Çambodia", "Cambodia"),
        ("ព័ត៌មានកម្ពុ\u200bជាថ្មី", "កម្ពុជា"),  # a word break that some writers set
        ("iPhone選挙", "選挙"),
    ],
)
def test_keywords(text, keyword):
    assert matched(RULE, plain(text)) == (f"keyword: {keyword}" if keyword else "")


def test_a_keyword_topic_names_its_word_and_is_not_limited():
    entry = Entry(title="Cambodia votes", categories=("Sport", "Business", "Health"))
    found = classify(entry, "", "", (RULE, TopicRule("Votes", ("votes",))))
    assert [(e.topic, e.reason) for e in found[:2]] == [
        ("Asean", "keyword: Cambodia"),
        ("Votes", "keyword: votes"),
    ]
    assert [e.topic for e in found[2:]] == ["Sport", "Business"]


def test_keywords_are_looked_up_in_the_text_too():
    assert names(rules=(RULE,), text="… the king of Cambodia …") == ["Asean"]


@pytest.mark.parametrize(
    ("query", "title", "text", "answers"),
    [
        ("election results", "Election day", "All the results.", True),
        ("election results", "Election day", "No numbers yet.", False),
        ("election -sport", "Elections", "A vote.", True),
        ("election -sport", "Elections", "In sports: a cup.", False),
        ('"run-off vote"', "A run off: vote on Sunday", "", True),
        ('"run off"', "They run; others go off", "", False),
        ('"free trade"', "They are free", "trade goes on", False),  # side by side in one of the two
        ("elect*", "The electorate", "", True),
        ("elect", "The electorate", "", False),
        ("country", "Two countries", "", True),
        ("vote’s", "A vote", "", True),
        ("café", "The cafe", "", True),
        ("-sport", "News", "", False),  # what must not be there alone names nothing
        ("選挙 -東京", "次の選挙区", "", True),
        ("", "News", "", False),
    ],
)
def test_a_query_means_what_it_means_in_the_search_box(query, title, text, answers):
    rule = TopicRule("Own", query=query)
    assert matched(rule, plain(title), plain(text)) == (f"query: {query}" if answers else "")


def test_a_rule_without_words_matches_nothing():
    assert names(rules=(TopicRule("Empty", ("", " ", "*", "\n", "\x1c* *")),), text="anything") == []


@given(
    st.lists(st.text(max_size=40), max_size=6),
    st.text(max_size=60),
    st.text(max_size=30),
    st.text(max_size=30),
)
def test_any_strings(categories, url, feed, source):
    """No exception, every topic once, at most two standard ones, each with a reason."""
    entry = Entry(title="", url=url, categories=tuple(categories))
    found = classify(entry, feed, source, (TopicRule("Own", tuple(categories)),), source)
    topics = [evidence.topic for evidence in found]
    assert len({topic.casefold() for topic in topics}) == len(topics)
    assert sum(topic in STANDARD_TOPICS for topic in topics) <= STANDARD_MAX
    assert all(evidence.reason for evidence in found)
