"""The sample edition and the starter packs, which are shipped as data."""

import re
from datetime import UTC, datetime
from pathlib import Path

from reader import edition, library, local, opml
from reader.config import Config
from reader.model import View
from reader.tui.keys import KEYS, shown
from tests.shared import shared

CONFIG = Config(path=Path("config.toml"), library=Path("library.db"))


def test_the_samples_show_what_the_desk_does():
    given = edition.load(edition.samples(), CONFIG)
    rows = given.store.lists.rows(given.store.lists.ids(View()))
    assert given.problems == ()
    assert given.title == "sample edition"
    assert len(rows) >= 14
    assert all(each.source.startswith(("Sample · ", "Guide · ")) for each in rows)
    assert len(given.titles) >= 5
    assert rows[0].title.startswith("Welcome to newsread")
    assert {topic.name for topic in given.store.lists.topics() if topic.total} >= {
        "World",
        "Business",
        "Technology",
        "Science",
        "Health",
        "Sport",
    }
    assert sum(each.bare for each in given.store.lists.ticker(View(), 20)) == 5
    ferry = next(each for each in rows if each.title == "Port Lumen's Solar Ferry Makes Its First Crossing")
    kinds = {each.headline.title: each.kind for each in library.related(given.store, ferry.id)}
    assert kinds["Solar Ferry Kingfisher: a Quiet First Crossing, and a Queue at the Pier"] == "same story"
    assert "earlier" in kinds.values()
    given.close()


def test_every_sample_says_when_it_was_written_and_where_it_leads():
    found = local.folder(edition.SAMPLES)
    names = {entry.title for page in found.pages for entry in page.feed.entries}
    for page in found.pages:
        (entry,) = page.feed.entries
        assert entry.published != datetime.fromtimestamp(page.path.stat().st_mtime, UTC), page.path
        assert {mention.title for mention in entry.related} <= names
        if page.feed.title != "Sample · Phnom Penh Daily":
            assert {mention.title for mention in page.feed.ticker} <= names


def test_the_sample_of_phnom_penh_is_the_page_word_for_word():
    original = (shared("page") / "phnom-penh-2024-06-13.txt").read_text()
    sample = (edition.SAMPLES / "phnom-penh-2024-06-13.txt").read_text()
    assert sample.split("---\n", 2)[2].strip() == original.strip()


def test_the_guide_names_only_keys_that_exist():
    keys = {shown(key) for each in KEYS for key in each.keys} | {str(digit) for digit in range(10)}
    named = set()
    for page in sorted(edition.SAMPLES.glob("guide-*.md")):
        table = [row.split("|")[1] for row in page.read_text().splitlines() if row.startswith("| `")]
        prose = re.findall(
            r"(?:[Pp]ress|Enter or|with|to have|^|\. )\s*`([^`]{1,10})`", page.read_text(), re.MULTILINE
        )
        named |= {key for cell in table for key in re.findall(r"`([^`]+)`", cell)}
        named |= {
            key for key in prose if len(key) == 1 or key in ("Enter", "Space", "Esc", "Tab", "Backspace")
        }
    assert len(named) > 20
    assert named <= keys


def test_the_starter_packs_are_the_facts_that_were_gathered():
    offered = edition.packs()
    assert len(offered) == 44
    assert all(feed.url.startswith("https://") and feed.topic and feed.title for feed in offered)
    assert [feed.url for feed in offered] == [
        feed.url for feed in opml.read((shared("packs.opml")).read_bytes()).subscriptions
    ]
