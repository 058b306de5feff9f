"""`newsread delete` and `restore`: gone for good, and back after all."""


def numbers(newsread):
    """The articles that the list shows."""
    return [int(row[0]) for row in newsread("list").rows]


def test_a_deleted_article_is_gone_and_comes_back(newsread, filled):
    before = numbers(newsread)
    ran = newsread("delete", filled[0], filled[1])
    assert (ran.code, ran.out, ran.err) == (0, "", "deleted: 2 articles\n")
    assert set(numbers(newsread)) == set(before) - set(filled[:2])
    listed = newsread("restore")
    assert sorted(int(row[0]) for row in listed.rows) == sorted(filled[:2])
    assert {record["id"] for record in newsread("restore", "--json").records} == set(filled[:2])
    assert newsread("restore", *filled[:2]).err == "restored: 2 articles\n"
    assert numbers(newsread) == before
    assert newsread("restore").err == "nothing was deleted in the last thirty days\n"


def test_what_is_not_there_is_named(newsread, filled):
    ran = newsread("delete", 999)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "newsread: there is no article 999; `newsread list` shows the numbers\n"
    ran = newsread("delete", filled[0], 999, "--json")
    assert ran.code == 3
    assert ran.records == [{"id": filled[0], "result": "deleted"}]
    ran = newsread("restore", 999)
    assert ran.code == 1
    assert "999 cannot be restored; `newsread restore` lists what can" in ran.err
