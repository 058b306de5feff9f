"""A query as a tree. The functions below make only trees in normal form: nothing in one that prints alike.

"All of" within "all of" is one, so is "any of" within "any of"; what is denied twice is meant; a group of one
is that one. The empty `And` asks for nothing and finds everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reader.records import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word; as a `beginning` also every longer one that begins so."""

    text: str
    beginning: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side."""

    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """What a field of an article must hold."""

    name: str
    value: Word | Phrase


@dataclass(frozen=True, slots=True)
class Flag:
    """A mark that an article has or has not."""

    name: str


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be."""

    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """All of these."""

    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """One of these at least."""

    nodes: tuple[Node, ...]


Node = Word | Phrase | Field | Flag | Not | And | Or

EVERYTHING = And()


def all_of(nodes: Iterable[Node]) -> Node:
    """Return what asks for all of these."""
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.nodes if isinstance(node, And) else (node,))
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def any_of(nodes: Iterable[Node]) -> Node:
    """Return what asks for one of these; there is at least one."""
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.nodes if isinstance(node, Or) else (node,))
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def none_of(node: Node) -> Node:
    """Return what asks for the contrary."""
    return node.node if isinstance(node, Not) else Not(node)


def conjuncts(node: Node) -> tuple[Node, ...]:
    """Return what a query requires of every article, part by part."""
    return node.nodes if isinstance(node, And) else (node,)


def leaves(node: Node) -> Iterator[Word | Phrase | Field | Flag]:
    """Return the words, fields and flags of a query in their order."""
    if isinstance(node, And | Or):
        for each in node.nodes:
            yield from leaves(each)
    elif isinstance(node, Not):
        yield from leaves(node.node)
    else:
        yield node


def requires(node: Node) -> bool:
    """Tell whether a query asks for something that must be there, so that most articles do not answer it."""
    if isinstance(node, And):
        return any(map(requires, node.nodes))
    if isinstance(node, Or):
        return all(map(requires, node.nodes))
    if isinstance(node, Word | Phrase):
        return any(letter.isalnum() for letter in node.text)
    return not isinstance(node, Not)
