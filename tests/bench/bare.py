"""The floor of every Textual program: a list and nothing else. `python -m tests.bench.bare`."""

from textual.app import App, ComposeResult
from textual.widgets import OptionList

MARK = "Row 2 of a list"


class Bare(App[None]):
    """Two hundred rows."""

    def compose(self) -> ComposeResult:
        yield OptionList(*(f"Row {number} of a list" for number in range(200)))


if __name__ == "__main__":
    Bare().run()
