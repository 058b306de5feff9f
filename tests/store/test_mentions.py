"""Headlines that a page only names: in the ticker and beside the article, never in a list."""

from datetime import timedelta

from reader.model import Mention, View
from tests.store.shelf import NOW, entry, put

FIVE = [Mention(f"Named {n}", f"https://wire.example/named/{n}") for n in range(5)]


def test_a_pages_ticker_is_the_ticker(store, feed):
    put(store, feed, entry(1))
    ids = store.mentions.put(feed.id, FIVE, NOW)
    assert store.mentions.ticker(feed.id) == ids
    ticker = store.lists.ticker(View())
    assert [row.title for row in ticker] == [mention.title for mention in FIVE]
    assert all(row.bare and row.source == "The Wire" and row.published == NOW for row in ticker)
    assert [row.title for row in store.lists.ticker(View(filter="named 3"))] == ["Named 3"]
    assert [row.title for row in store.lists.ticker(View(), 2)] == ["Named 0", "Named 1"]


def test_bare_headlines_are_in_no_list_and_no_count(store, feed):
    put(store, feed, entry(1), topics=["World"])
    ids = store.mentions.put(feed.id, FIVE, NOW)
    store.neighbours.add(ids[0], ["named"], b"v")
    assert len(store.lists.ids(View())) == store.lists.counts().total == store.lists.counts().unread == 1
    assert not store.lists.ids(View(search="named"))
    assert not store.lists.ids(View(filter="named"))
    assert store.marks.read(ids) == ()
    assert store.articles.set_topics(ids[0], ()) is False
    assert [article.headline.title for article in store.articles.after()] == ["Headline 1"]
    assert store.neighbours.candidates(["named"]) == ids[:1]


def test_a_bare_headline_can_be_opened_as_far_as_it_is_known(store, feed):
    ids = store.mentions.put(feed.id, FIVE, NOW)
    article = store.articles.get(ids[1])
    assert article.headline.bare
    assert (article.url, article.html) == ("https://wire.example/named/1", "")


def test_feeds_without_a_ticker_fill_it_up(store, feed):
    other = store.feeds.add("https://post.example/")[0]
    put(store, feed, entry(1, title="The page's own"))
    put(store, other, entry(2, title="Of another"))
    store.mentions.put(feed.id, FIVE[:2], NOW)
    assert [row.title for row in store.lists.ticker(View())] == ["Named 0", "Named 1", "Of another"]
    assert [row.title for row in store.lists.ticker(View(feed=other.id))] == ["Of another"]
    assert [row.title for row in store.lists.ticker(View(search="own"))] == ["The page's own"]


def test_the_same_ticker_again_keeps_its_headlines_and_a_new_one_drops_them(store, feed):
    ids = store.mentions.put(feed.id, FIVE, NOW)
    assert store.mentions.put(feed.id, FIVE, NOW + timedelta(hours=1)) == ids
    kept = store.mentions.put(feed.id, FIVE[3:] + FIVE[3:], NOW)
    assert kept == ids[3:]
    assert store.lists.rows(ids[:3]) == []
    store.mentions.put(feed.id, [], NOW)
    assert store.lists.rows(ids) == []


def test_an_article_of_that_headline_stands_behind_it(store, feed):
    known = put(store, feed, entry(1, title="Named 0: the whole story")).new[0]
    exact = put(store, feed, entry(2, title="Named 1")).new[0]
    ids = store.mentions.put(feed.id, FIVE, NOW)
    assert known not in ids
    assert ids[1] == exact


def test_an_article_that_comes_later_takes_the_place_of_its_headline(store, feed):
    ids = store.mentions.put(feed.id, FIVE, NOW)
    store.neighbours.add(ids[2], ["named"], b"v")
    article = put(store, feed, entry(1, title="Named 2"), terms=["other"]).new[0]
    assert store.mentions.ticker(feed.id) == (*ids[:2], article, *ids[3:])
    assert store.lists.rows([ids[2]]) == []
    assert store.neighbours.candidates(["named"]) == ()


def test_an_article_lists_what_it_relates_to(store, feed):
    article, other = put(store, feed, entry(1), entry(2)).new
    ids = store.mentions.put(
        feed.id, [FIVE[0], Mention("Headline 1"), Mention("Headline 2")], NOW, article=article
    )
    assert store.mentions.listed(article) == ids
    assert ids[1:] == (other,)
    assert store.mentions.listed(other) == store.mentions.ticker(feed.id) == ()
    assert store.mentions.listed(999) == ()
    store.articles.remove([article])
    assert store.lists.rows(ids[:1]) == []
    assert len(store.lists.rows([other])) == 1


def test_pages_that_name_the_same_headline_keep_it_apart(store, feed):
    other = store.feeds.add("https://post.example/")[0]
    one = store.mentions.put(feed.id, FIVE[:1], NOW)
    two = store.mentions.put(other.id, FIVE[:1], NOW)
    store.mentions.put(feed.id, [], NOW)
    assert store.lists.rows(one) == []
    assert len(store.lists.rows(two)) == 1


def test_a_headline_in_ticker_and_list_stays_until_both_drop_it(store, feed):
    article = put(store, feed, entry(1)).new[0]
    ids = store.mentions.put(feed.id, FIVE[:1], NOW)
    assert store.mentions.put(feed.id, FIVE[:1], NOW, article=article) == ids
    store.mentions.put(feed.id, [], NOW)
    assert len(store.lists.rows(ids)) == 1
    store.articles.remove([article])
    assert store.lists.rows(ids) == []
