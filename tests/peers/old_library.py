"""A library as the first version made them: its schema alone, filled by statements of its time."""

import apsw

from reader.store import schema

ITEMS = 200


def make(path, feeds):
    """Write a library of version 1; every third article is read, every tenth starred, pairs tell a story."""
    connection = apsw.Connection(str(path))
    connection.execute("PRAGMA journal_mode = WAL")
    with connection:
        connection.execute(schema.MIGRATIONS[0])
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
        for feed in range(1, feeds + 1):
            _feed(connection, feed)
        connection.execute("UPDATE counter SET value = ? WHERE name = 'article'", (feeds * ITEMS,))
        connection.execute("UPDATE counter SET value = ? WHERE name = 'neighbours'", (feeds * ITEMS,))
        connection.execute("INSERT INTO term VALUES (1, ?)", (feeds * ITEMS,))
    connection.close()


def _feed(connection, feed):
    connection.execute(
        "INSERT INTO feed(url, title, etag) VALUES (?, ?, 'tag')",
        (f"https://site{feed}.example/feed", f"Site {feed}"),
    )
    ids = range((feed - 1) * ITEMS + 1, feed * ITEMS + 1)
    many = connection.executemany
    many(
        "INSERT INTO article(id, feed, sort, title, story) VALUES (?, ?, ?, ?, ?)",
        ((n, feed, 1_700_000_000 + n, f"Budget {n} is read", n - n % 2 if n % ITEMS > 1 else 0) for n in ids),
    )
    many(
        "INSERT INTO content VALUES (?, '', ?, 'A. Writer', '', '', NULL, NULL, 1700000000, '', ?, '')",
        ((n, f"https://site{feed}.example/{n}", f"<p>What the budget says, {n}.</p>" * 20) for n in ids),
    )
    many(
        "INSERT INTO item VALUES (?, ?, ?, x'00', 0)",
        ((feed, n.to_bytes(16), n) for n in ids),
    )
    many(
        "INSERT INTO state VALUES (?, ?, ?, ?, ?)",
        ((n, feed, 1_700_000_000 + n, int(n % 3 == 0), int(n % 10 == 0)) for n in ids),
    )
    many("INSERT INTO search(rowid, title, body) VALUES (?, ?, 'budget')", ((n, f"Budget {n}") for n in ids))
    many("INSERT INTO neighbour(rowid, terms) VALUES (?, 'budget')", ((n,) for n in ids))
    many("INSERT INTO vector VALUES (?, x'00')", ((n,) for n in ids))
