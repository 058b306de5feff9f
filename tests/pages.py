"""News pages for tests: read as the grammar reads them, and looked at as a reader would."""

import re
from collections import Counter
from datetime import UTC, datetime

from reader.pages import newspage

NOW = datetime(2026, 6, 1, tzinfo=UTC)
WRITTEN = datetime(2024, 7, 1, 8, 30, tzinfo=UTC)


def parsed(words, *, marked=False, modified=WRITTEN):
    return newspage.parse(words, newspage.File("page.txt", modified=modified, now=NOW), marked=marked)


def entry(words, *, marked=False, modified=WRITTEN):
    (found,) = parsed(words, marked=marked, modified=modified).entries
    return found


def paragraphs(html):
    return re.findall(r"<p>(.*?)</p>", html, re.DOTALL)


def tokens(words):
    """Count the letters and figures of each word, as the reader's eye finds them."""
    return Counter(re.findall(r"[^\W_]+", words))
