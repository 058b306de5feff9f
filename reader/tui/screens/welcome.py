"""The first start: starter packs, an address, a file of subscriptions, a local file."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from reader.opml import Subscription
from reader.opml.finding import NEWSBOAT, Found
from reader.records import dataclass
from reader.text import one_line
from reader.tui.screens.closing import Closing
from reader.tui.styles import LINES


@dataclass(frozen=True, slots=True)
class Begin:
    """How the reader wants to begin."""

    packs: tuple[str, ...] = ()  # topics of the chosen starter packs
    ask: str = ""  # or what to ask for: "address", "subscriptions", "local"
    take: str = ""  # or the list of subscriptions to take over: what `newsread import` takes


OTHERS = (
    ("address", "a feed or a web site, by its address", "newsread finds the feed that a page announces"),
    ("subscriptions", "subscriptions from another reader", "an OPML file, or newsboat's urls file"),
    ("local", "a local file or folder", "a feed file, a saved page, a folder of texts"),
)


def _list_row(found: Found) -> Content:
    """Return the row of a list that lies on the machine."""
    name = "newsboat" if found.source == NEWSBOAT else one_line(found.place.name, 28)
    parts = [f"{found.feeds:,} feed{'s' * (found.feeds != 1)}"]
    parts += [f"{found.queries} queries as views"] if found.queries else []
    parts += ["articles and read marks"] if found.source == NEWSBOAT else []
    parts += [f"{found.refused} that cannot be taken"] if found.refused else []
    detail = f"  {', '.join(parts)} · {one_line(str(found.place.parent))}"
    return Content.styled(f" ↳  Take over {name}", "bold $accent") + Content.styled(detail, "$muted")


class Welcome(Closing[Begin | None]):
    """Returns how to begin, or None to read the samples first."""

    VERTICAL_BREAKPOINTS = LINES
    BINDINGS = [
        Binding("escape,q", "dismiss(None)", "samples", show=False),
        Binding("space", "choose", "choose", show=False),
        Binding("j", "list('cursor_down')", show=False),
        Binding("k", "list('cursor_up')", show=False),
        Binding("g", "list('first')", show=False),
        Binding("G", "list('last')", show=False),
    ]

    FOLLOWS = {
        **dict.fromkeys(("back", "leave"), "dismiss(None)"),
        "down": "list('cursor_down')",
        "up": "list('cursor_up')",
        "top": "list('first')",
        "bottom": "list('last')",
    }

    def __init__(
        self, packs: Sequence[Subscription], *, first: bool = True, lists: Sequence[Found] = ()
    ) -> None:
        super().__init__()
        self._lists = {f"list-{n}": found for n, found in enumerate(lists)}
        self._first = first
        self._packs: dict[str, list[str]] = {}
        for feed in packs:
            self._packs.setdefault(feed.topic, []).append(feed.title)
        self._chosen: set[str] = set()

    def compose(self) -> ComposeResult:
        """A word of welcome, the packs, the other ways."""
        with Vertical(id="welcome"):
            yield Static(
                Content("Welcome to newsread" if self._first else "Bring in news"), id="welcome-title"
            )
            yield Static(self._words(), id="welcome-words")
            yield OptionList(id="welcome-list", compact=True)
            yield Static(self._keys(), id="welcome-keys")

    def _words(self) -> Content:
        behind = "Behind this is the sample edition: a few pages to try the keys on. " if self._first else ""
        return Content(f"{behind}Choose topics to follow; nothing is fetched before you say so.")

    @staticmethod
    def _keys() -> Content:
        parts = (("Space", "choose"), ("Enter", "begin"), ("Esc", "skip"))
        return Content("  ").join(
            Content.styled(key, "bold $accent") + Content(f" {text}") for key, text in parts
        )

    def on_mount(self) -> None:
        """Fill the list; quick fingers may have closed the screen before it is laid out."""
        for rows in self.query(OptionList):
            if self._lists:
                rows.add_options([Option(_list_row(each), id=id) for id, each in self._lists.items()])
                rows.add_option(None)
            rows.add_options(
                [Option(self._pack_row(topic), id=f"pack-{n}") for n, topic in enumerate(self._packs)]
            )
            rows.add_option(None)
            rows.add_options([Option(self._other_row(text, detail), id=way) for way, text, detail in OTHERS])
            rows.highlighted = 0
            rows.focus()

    def _pack_row(self, topic: str) -> Content:
        box = Content.styled("[x] " if topic in self._chosen else "[ ] ", "bold $accent")
        names = one_line(", ".join(self._packs[topic]).replace(" – ", " "))
        return box + Content.styled(f"{one_line(topic):<13}", "bold") + Content.styled(names, "$muted")

    @staticmethod
    def _other_row(text: str, detail: str) -> Content:
        return Content.styled(f" +  {text}", "bold") + Content.styled(f"  {detail}", "$muted")

    def _topic(self, option: str | None) -> str | None:
        topics = list(self._packs)
        return topics[int(option.removeprefix("pack-"))] if option and option.startswith("pack-") else None

    def action_choose(self) -> None:
        """Choose a pack, or leave it."""
        rows = self.query_one(OptionList)
        if rows.highlighted is None:
            return
        option = rows.get_option_at_index(rows.highlighted)
        if (topic := self._topic(option.id)) is not None:
            self._chosen ^= {topic}
            rows.replace_option_prompt_at_index(rows.highlighted, self._pack_row(topic))

    def action_list(self, action: str) -> None:
        """Move the highlight as the list itself would."""
        for rows in self.query(OptionList):
            self.call_later(rows.run_action, action)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Begin with the chosen packs, or with the way that was chosen."""
        topic = self._topic(event.option_id)
        if event.option_id in self._lists:
            self.dismiss(Begin(take=self._lists[event.option_id].source))
        elif topic is None:
            self.dismiss(Begin(ask=event.option_id or ""))
        else:
            self._chosen.add(topic)
            self.dismiss(Begin(packs=tuple(name for name in self._packs if name in self._chosen)))
