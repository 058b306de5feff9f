"""A view of the desk as one query, to be saved under a name."""

from __future__ import annotations

from datetime import UTC

from reader.model import View
from reader.query.grammar import parse
from reader.query.tree import And, Field, Flag, Node, Not, Or, Phrase, Word, all_of, any_of, none_of


def as_query(view: View) -> Node:
    """Return what a view asks for. Raises QueryError.

    The filter's words, which may stand anywhere within a word, become beginnings of words of the headline,
    or parts of the source's name. The order of the top stories is no part of a query.
    """
    parts = [parse(view.query)] if view.query else []
    if view.topic:
        parts.append(Field("topic", Phrase(view.topic) if " " in view.topic else Word(view.topic)))
    if view.feed is not None:
        parts.append(Field("feed", Word(str(view.feed))))
    parts += [Flag(name) for name in ("unread", "starred") if getattr(view, name)]
    if view.since is not None:
        parts.append(Field("since", Phrase(view.since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))))
    parts.append(parse(view.search, typing=True))
    parts.append(_of_headlines(parse(view.filter, typing=True)))
    return all_of(parts)


def _of_headlines(node: Node) -> Node:
    if isinstance(node, And):
        return all_of(map(_of_headlines, node.nodes))
    if isinstance(node, Or):
        return any_of(map(_of_headlines, node.nodes))
    if isinstance(node, Not):
        return none_of(_of_headlines(node.node))
    if isinstance(node, Word):
        return any_of([Field("title", Word(node.text, beginning=True)), Field("source", Word(node.text))])
    if isinstance(node, Phrase):
        return any_of([Field("title", node), Field("source", node)])
    return node
