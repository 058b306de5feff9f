"""A made-up world of news, the same for the same seed: people, places, events that many feeds report."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from reader.model import STANDARD_TOPICS, Entry

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FEEDS = 100
A_DAY = 1_000  # articles of all feeds together
VOCABULARY = 40_000
PARAGRAPHS = 4
TOLD = 40  # events that are still reported
SHARE = 0.2  # of the articles report an event; the others stand alone
GRAMMAR = (
    "the of and to in a for that with on as by from at after before while because report said official "
    "source group people week month year plan change result early late public local national likely expected"
).split()
VERBS = "confirms rejects delays reveals backs questions unveils halts expands reviews".split()
PAPERS = "Wire Post Times Herald Tribune Observer Journal Bulletin Review Gazette".split()
ONSETS = "b br c ch d dr f g gr h j k kl l m n p pr r s st t tr v w z".split()
VOWELS = "a e i o u ai ea io ou".split()
CODAS = ("", "", "", "n", "r", "s", "l", "nd", "rt", "m")


class World:
    """A stream of articles, oldest first."""

    def __init__(self, seed: int = 20261122) -> None:
        self.random = random.Random(seed)
        made = dict.fromkeys(self._word() for _ in range(3 * VOCABULARY))
        self.words = list(made)[:VOCABULARY]
        self.weights = list(accumulate(1 / (rank + 30) for rank in range(len(self.words))))
        names = [word.capitalize() for word in self.random.sample(self.words, 6_000)]
        self.people = [f"{first} {last}" for first, last in zip(names[:2500], names[2500:5000], strict=True)]
        self.places = names[5000:]
        self.papers = [f"{self.places[n]} {PAPERS[n % len(PAPERS)]}" for n in range(1_000)]
        self.events: list[Event] = []

    def _word(self) -> str:
        pick = self.random.choice
        return "".join(pick(ONSETS) + pick(VOWELS) + pick(CODAS) for _ in range(self.random.randint(2, 3)))

    def _some(self, count: int) -> list[str]:
        return self.random.choices(self.words, cum_weights=self.weights, k=count)

    def entry(self, n: int, size: int) -> Entry:
        """Return the n-th of `size` articles."""
        if n % 50 == 0:
            self.events = [*self.events[1 - TOLD :], Event(self)]
        event = self.random.choice(self.events) if self.random.random() < SHARE else Event(self)
        words = self.random.sample(event.words, 3)
        title = f"{event.people[n % 2]} {self.random.choice(VERBS)} {words[0]} {words[1]} in {event.place}"
        url = f"https://site{n % FEEDS}.example/news/{n}"
        return Entry(
            title=title if n % 3 else f"{event.place}: {words[2]} {words[0]} {self._some(1)[0]}",
            guid=url,
            url=url,
            author=self.random.choice(self.people),
            html=self.body(event, url),
            published=NOW - timedelta(days=(size - n) / A_DAY),
            categories=(event.topic,) if n % 4 else (),
        )

    def body(self, event: Event, url: str) -> str:
        """Return four paragraphs that name who and where."""
        parts = []
        for number in range(PARAGRAPHS):
            text = " ".join(self._sentence(event) for _ in range(3))
            if number == 1:
                text += f' See <a href="{url}?ref=1">the full report</a> and <a href="{url}?ref=2">data</a>.'
            parts.append(f"<p>{text}</p>")
        return "\n".join(parts)

    def _sentence(self, event: Event) -> str:
        spoken = self.random.choices(GRAMMAR, k=8)
        words = [word for pair in zip(spoken, self._some(8), strict=True) for word in pair]
        words[3], words[7] = self.random.choice(event.people), self.random.choice(event.words)
        words[11] = event.place
        return " ".join(words).capitalize() + "."


class Event:
    """Something that happens: who, where, and the words that every report of it uses."""

    def __init__(self, world: World) -> None:
        self.people = world.random.sample(world.people, 2)
        self.place = world.random.choice(world.places)
        self.words = world._some(8)
        self.topic = world.random.choice(STANDARD_TOPICS)
