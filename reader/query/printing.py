"""A tree as the text that means it: `parse(printed(tree)) == tree`."""

from __future__ import annotations

from reader.query.tree import And, Field, Flag, Node, Not, Or, Phrase, Word


def printed(node: Node) -> str:
    """Return a query as one types it."""
    if isinstance(node, And):
        return " ".join(_term(each) for each in node.nodes)
    if isinstance(node, Or):
        return " OR ".join(printed(each) for each in node.nodes)
    return _term(node)


def _term(node: Node) -> str:
    if isinstance(node, Not):
        return f"-{_term(node.node)}"
    if isinstance(node, And | Or):
        return f"({printed(node)})"
    if isinstance(node, Field):
        return f"{node.name}:{_text(node.value)}"
    return node.name if isinstance(node, Flag) else _text(node)


def _text(value: Word | Phrase) -> str:
    if isinstance(value, Phrase):
        return f'"{value.text}"'
    return f"{value.text}*" if value.beginning else value.text
