"""Frozen dataclasses that cost a launch next to nothing.

For each class the standard decorator writes, compiles and runs the source of eight methods: 0.4 ms, and the
desk begins with ninety classes. All but `__init__` can do without: they are shared here, and `__init__` is
compiled when the first instance is made. To everybody who asks it is a dataclass: fields, match arguments,
signature, errors, equality and `replace` are the standard ones. A class that is not plainly frozen, with
slots and nothing of its own among these methods, is left to the standard decorator.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, fields
from operator import attrgetter
from sys import modules
from typing import TYPE_CHECKING, Any

_HOW = {"frozen", "slots", "kw_only"}
_OWN = ("__init__", "__post_init__", "__match_args__", "__eq__", "__hash__", "__repr__", "__setstate__")


class _LeftOut:
    def __repr__(self) -> str:
        return "<factory>"  # in a signature, as the standard ones say it


_LEFT_OUT = _LeftOut()


def _dataclass(cls: Any = None, /, **how: bool) -> Any:
    if cls is None:
        return lambda cls: _dataclass(cls, **how)
    if not _plain(cls, how):
        return dataclasses.dataclass(cls, **how)
    bare = {"init": False, "repr": False, "eq": False, "match_args": False}  # fields and slots alone
    made = dataclasses.dataclass(cls, **bare, slots=True, kw_only=how.get("kw_only", False))
    for name, value in _added(made).items():
        setattr(made, name, value)
    return made


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 (meant for others)
else:
    dataclass = _dataclass


def _plain(cls: type, how: dict[str, bool]) -> bool:
    frozen = how.get("frozen") and how.get("slots") and how.keys() <= _HOW
    alone = cls.__bases__ == (object,) and cls.__dict__.keys().isdisjoint(_OWN)
    return bool(frozen and alone and cls.__annotations__ and "Var" not in str(cls.__annotations__))


def _added(cls: type) -> dict[str, Any]:
    """Return what the standard decorator would have added to a class."""
    found = fields(cls)
    compared = [field.name for field in found if field.compare]
    return {
        "__init__": _Awaited(cls),
        "__match_args__": tuple(field.name for field in found if not field.kw_only),
        **_compared(attrgetter(*compared, compared[0])),  # the first twice: of one name it were no tuple
        "__repr__": _shown,
        "__setattr__": _assigned,
        "__delattr__": _deleted,
        "__setstate__": _restored,
    }


class _Awaited:
    """An `__init__` that is compiled when it is first asked for, and takes this one's place."""

    def __init__(self, cls: Any) -> None:
        self.cls = cls

    def __get__(self, instance: object, owner: type) -> Any:
        init = self.cls.__init__ = _init(self.cls)
        return init if instance is None else init.__get__(instance)


def _init(cls: Any) -> Any:
    """Return the `__init__` of a class; it writes to the slots past the guard of what is frozen."""
    found = sorted(fields(cls), key=lambda field: field.kw_only is True)
    names = {f"_set_{field.name}": cls.__dict__[field.name].__set__ for field in found}
    words, body = ["self"], []
    for field in found:
        name = field.name
        if field.kw_only and "*" not in words:
            words.append("*")
        if field.default is not MISSING:
            names[f"_default_{name}"] = field.default
            words.append(f"{name}=_default_{name}")
        elif field.default_factory is not MISSING:
            names |= {f"_new_{name}": field.default_factory, "_left_out": _LEFT_OUT}
            words.append(f"{name}=_left_out")
            body.append(f"if {name} is _left_out: {name} = _new_{name}()")
        else:
            words.append(name)
        body.append(f"_set_{name}(self, {name})")
    lines = [f"def make({', '.join(names)}):", f" def __init__({', '.join(words)}):"]
    made: dict[str, Any] = {}
    code = "\n".join([*lines, *(f"  {line}" for line in body), " return __init__"])
    exec(code, modules[cls.__module__].__dict__, made)  # noqa: S102 (of the fields' names alone)
    init = made["make"](**names)
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    init.__annotations__ = {field.name: field.type for field in found} | {"return": None}
    return init


def _compared(values: Callable[[Any], Any]) -> dict[str, Any]:
    """Return how instances are compared by the `values` that are taken of them."""

    def equal(self: Any, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(values(self))

    return {"__eq__": equal, "__hash__": hashed}


def _shown(self: Any) -> str:
    told = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr)
    return f"{self.__class__.__qualname__}({told})"


def _assigned(_self: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _deleted(_self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _restored(self: object, state: tuple[None, dict[str, Any]]) -> None:
    """Take over a copy's or a pickle's values."""
    for name, value in state[1].items():
        object.__setattr__(self, name, value)
