"""Frozen classes behave as those of the standard library, though they are declared faster."""

import copy
import dataclasses
import pickle
from collections.abc import Mapping

import pytest

from tbcp_qual.coding.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Compared with its twin below."""

    id: str
    minutes: int = 30
    notes: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeVisit(Visit):
    """Adds a field to another."""

    room: str = "kitchen"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Takes its values in order."""

    start: int
    end: int = 9

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("ends before it starts")


@dataclass(frozen=True, slots=True, eq=False)
class Seat:
    """Is only equal to itself."""

    number: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """Made by the standard library."""

    id: str
    minutes: int = 30
    notes: Mapping[str, str] = dataclasses.field(default_factory=dict)


def test_it_looks_and_is_taken_apart_as_the_standard_librarys():
    ours, theirs = Visit(id="v1", minutes=45), Twin(id="v1", minutes=45)
    assert repr(ours) == repr(theirs).replace("Twin", "Visit")
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert [f.name for f in dataclasses.fields(ours)] == [f.name for f in dataclasses.fields(theirs)]
    assert dataclasses.replace(ours, minutes=5) == Visit(id="v1", minutes=5)


def test_equal_values_of_one_class_are_equal_and_hash_alike():
    assert Stretch(1) == Stretch(1, 9) != Stretch(1, 8)
    assert hash(Stretch(1)) == hash(Stretch(1, 9))
    assert Visit(id="v1") != Twin(id="v1")
    assert HomeVisit(id="v1") != Visit(id="v1")
    assert Seat(1) != Seat(1)


def test_nothing_about_it_can_be_changed():
    visit = Visit(id="v1")
    for name in ("minutes", "unheard_of"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(visit, name, 5)
    with pytest.raises(dataclasses.FrozenInstanceError):
        del visit.minutes
    assert not hasattr(visit, "__dict__")


def test_it_wants_its_values_as_declared():
    assert HomeVisit(room="hall", id="v1").minutes == 30
    assert Visit(id="v1").notes is not Visit(id="v2").notes
    for wrong in ({}, {"id": "v1", "hours": 1}):
        with pytest.raises(TypeError):
            Visit(**wrong)
    with pytest.raises(TypeError):
        Visit("v1")
    with pytest.raises(ValueError, match="ends before"):
        Stretch(5, 3)


def test_copies_are_equal():
    visit = HomeVisit(id="v1", notes={"who": "key worker"})
    for copied in (copy.copy(visit), copy.deepcopy(visit), pickle.loads(pickle.dumps(visit))):
        assert copied == visit
        assert type(copied) is HomeVisit
