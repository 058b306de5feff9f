"""People, and what else feedparser may take for them."""

from __future__ import annotations

from reader.parse.quick.state import End, Handlers, State


def _author(state: State, _: dict[str, str]) -> None:
    state.inauthor = True
    state.push("author")
    state.context().open_author()


def _end_author(state: State) -> None:
    state.pop("author")
    state.inauthor = False
    state.context().sync_author()


def _contributor(state: State, _: dict[str, str]) -> None:
    state.push("contributor", expecting=False)


def _end_contributor(state: State) -> None:
    state.drop("contributor")


def _owner(state: State, _: dict[str, str]) -> None:
    state.inpublisher = True
    state.push("publisher", expecting=False)


def _end_owner(state: State) -> None:
    state.drop("publisher")
    state.inpublisher = False


def _name(state: State, _: dict[str, str]) -> None:
    state.push("name", expecting=False)


def _email(state: State, _: dict[str, str]) -> None:
    state.push("email", expecting=False)


def _address(state: State, _: dict[str, str]) -> None:
    state.push("href")


def _end_part(pushed: str) -> End:
    def end(state: State) -> None:
        value = state.pop(pushed)
        publisher = state.inpublisher and pushed != "href"
        if state.inauthor or publisher:
            state.context().save_author(pushed, value, publisher=publisher)

    return end


HANDLERS: Handlers = {
    **dict.fromkeys(
        ("author", "managingeditor", "dc_author", "dc_creator", "itunes_author"), (_author, _end_author)
    ),
    "contributor": (_contributor, _end_contributor),
    "itunes_owner": (_owner, _end_owner),
    **dict.fromkeys(("name", "itunes_name", "dc_contributor"), (_name, _end_part("name"))),
    **dict.fromkeys(("email", "itunes_email"), (_email, _end_part("email"))),
    **dict.fromkeys(("url", "uri", "homepage"), (_address, _end_part("href"))),
}
