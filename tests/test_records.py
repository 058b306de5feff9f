"""Frozen dataclasses made quickly are, in all that can be seen of them, those of the standard library."""

import copy
import dataclasses
import inspect
import re
from dataclasses import FrozenInstanceError, field
from pathlib import Path

import pytest

import reader
from reader import records


def made(dataclass):
    """Return the same classes by either decorator."""

    @dataclass(frozen=True, slots=True)
    class Told:
        """Words."""

        text: str
        of: int = 0
        parts: tuple[str, ...] = ()

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Named:
        """Words by name, some of them unseen."""

        text: str
        secret: str = field(default="", repr=False)
        kinds: list[int] = field(default_factory=list, compare=False)

    @dataclass(frozen=True, slots=True)
    class Mixed:
        """One by name before those by place."""

        late: int = field(default=1, kw_only=True)
        text: str

        def length(self):
            return len(self.text)

    @dataclass(frozen=True, slots=True)
    class One:
        """A single value."""

        only: float

    return Told, Named, Mixed, One


VALUES = [
    [(("a",), {}), (("a", 1), {}), (("a",), {"parts": ("b",)})],
    [((), {"text": "a"}), ((), {"text": "a", "kinds": [1]}), ((), {"text": "a", "secret": "b"})],
    [(("a",), {}), (("a",), {"late": 2})],
    [((1.0,), {}), ((2.0,), {})],
]
WRONG = [((), {}), ((1, 2, 3, 4), {}), (("a",), {"other": 1})]
EACH = pytest.mark.parametrize(
    ("quick", "standard", "values"),
    list(zip(made(records.dataclass), made(dataclasses.dataclass), VALUES, strict=True)),
    ids=["told", "named", "mixed", "one"],
)


def said(run, *args, **kwargs):
    """Return what a call says that must fail."""
    with pytest.raises((TypeError, AttributeError)) as caught:
        run(*args, **kwargs)
    return caught.type, str(caught.value)


def test_they_are_made_here():
    for quick in made(records.dataclass):
        assert isinstance(quick.__dict__["__init__"], records._Awaited)


@EACH
def test_an_instance_is_what_the_standard_one_is(quick, standard, values):
    for args, kwargs in values:
        one, other = quick(*args, **kwargs), standard(*args, **kwargs)
        assert repr(one) == repr(other)
        assert dataclasses.asdict(one) == dataclasses.asdict(other) or one != one
        assert not hasattr(one, "__dict__")


@EACH
def test_they_are_compared_alike(quick, standard, values):
    def compared(cls):
        each = [cls(*args, **kwargs) for args, kwargs in values]
        again = [cls(*args, **kwargs) for args, kwargs in values]
        return [(one == two, one != two) for one in each for two in (*again, "a", None)]

    assert compared(quick) == compared(standard)
    args, kwargs = values[0]
    assert hash(quick(*args, **kwargs)) == hash(quick(*args, **kwargs))
    assert quick(*args, **kwargs) != standard(*args, **kwargs)


@EACH
def test_the_classes_tell_the_same_of_themselves(quick, standard, values):
    assert str(inspect.signature(quick)) == str(inspect.signature(standard))
    assert quick.__match_args__ == standard.__match_args__
    assert [str(each) for each in dataclasses.fields(quick)] == [
        str(each) for each in dataclasses.fields(standard)
    ]
    assert quick.__doc__ == standard.__doc__
    assert quick.__slots__ == standard.__slots__


@EACH
def test_nothing_is_written_to_them(quick, standard, values):
    args, kwargs = values[0]
    one, other = quick(*args, **kwargs), standard(*args, **kwargs)
    for name in ("text", "only", "another"):
        assert said(setattr, one, name, 1)[0] is FrozenInstanceError
    name = dataclasses.fields(quick)[0].name
    assert said(setattr, one, name, 1) == said(setattr, other, name, 1)
    assert said(delattr, one, name) == said(delattr, other, name)


@EACH
def test_wrong_calls_are_told_in_the_same_words(quick, standard, values):
    for args, kwargs in WRONG:
        assert said(quick, *args, **kwargs) == said(standard, *args, **kwargs)


@EACH
def test_they_can_be_copied_and_changed_in_the_copy(quick, standard, values):
    for args, kwargs in values:
        one = quick(*args, **kwargs)
        assert repr(copy.copy(one)) == repr(copy.deepcopy(one)) == repr(one)
        name = dataclasses.fields(quick)[-1].name
        changed = dataclasses.replace(one, **{name: "new"})
        assert repr(changed) == repr(dataclasses.replace(standard(*args, **kwargs), **{name: "new"}))


def test_what_a_field_begins_with_is_made_for_each():
    _, named, _, _ = made(records.dataclass)
    assert named(text="a").kinds is not named(text="a").kinds


def test_what_is_no_plain_one_is_left_to_the_standard_library():
    @records.dataclass(frozen=True, slots=True)
    class Checked:
        """Looks at its value."""

        text: str

        def __post_init__(self):
            if not self.text:
                raise ValueError("empty")

    @records.dataclass
    class Loose:
        """Can be written to."""

        text: str

    assert Loose("a") == Loose("a")
    with pytest.raises(ValueError, match="empty"):
        Checked("")


def test_no_module_takes_the_slow_way():
    slow = re.compile(r"^from dataclasses import (?:.*\b)?dataclass\b|dataclasses\.dataclass\b", re.MULTILINE)
    sources = [path for path in Path(reader.__file__).parent.rglob("*.py") if path.name != "records.py"]
    assert not [path.name for path in sources if slow.search(path.read_text())]
