"""`dataclass` for frozen classes: does what the standard library's does, but compiles nothing while it is declared.

The library's compiles six methods for each class, close to a millisecond: for the classes that the workbench needs
before its first picture, a sixth of its start. Here a constructor is compiled when the first object is made.
"""

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

C = TypeVar("C", bound=type)


def _frozen(*, frozen: bool, slots: bool = False, kw_only: bool = False, eq: bool = True) -> Callable[[C], C]:
    """Make a class of values that never change."""
    assert frozen, "the standard library's `dataclass` is for the others"

    def declared(cls: C) -> C:
        made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(cls)
        names = tuple(field.name for field in dataclasses.fields(made))
        values = attrgetter(*names)

        def construct(self: Any, *args: Any, **given: Any) -> None:
            made.__init__ = _constructor(made, slots=slots)
            made.__init__(self, *args, **given)

        def equal(self: Any, other: object) -> Any:
            return values(self) == values(other) if type(other) is type(self) else NotImplemented

        def hashed(self: Any) -> int:
            return hash(values(self))

        def shown(self: Any) -> str:
            return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

        def state(self: Any) -> list[Any]:
            return [getattr(self, name) for name in names]

        def restore(self: Any, kept: list[Any]) -> None:
            for name, value in zip(names, kept, strict=True):
                object.__setattr__(self, name, value)

        methods: dict[str, Callable[..., Any]] = {
            "__init__": construct, "__repr__": shown, "__setattr__": _refuse, "__delattr__": _refuse,
        }  # fmt: skip
        if eq:
            methods |= {"__eq__": equal, "__hash__": hashed}
        if slots:
            methods |= {"__getstate__": state, "__setstate__": restore}  # copying would set one attribute at a time
        for name, method in methods.items():
            if name not in cls.__dict__:
                setattr(made, name, method)
        return made  # type: ignore[no-any-return]

    return declared


def _refuse(_: object, name: str, *__: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot change field {name!r}")


def _constructor(cls: type[Any], *, slots: bool) -> Callable[..., None]:
    """Write `__init__` for a class; slots are filled by their own setters, which `object.__setattr__` has to look up."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_none": dataclasses.MISSING}
    in_order: list[str] = []
    by_name: list[str] = []
    body: list[str] = []
    for field in dataclasses.fields(cls):
        name = field.name
        given = name
        if field.default_factory is not dataclasses.MISSING:
            known[f"_make_{name}"] = field.default_factory
            given = f"{name}=_none"
            body.append(f"if {name} is _none: {name} = _make_{name}()")
        elif field.default is not dataclasses.MISSING:
            known[f"_default_{name}"] = field.default
            given = f"{name}=_default_{name}"
        (by_name if field.kw_only else in_order).append(given)
        if slots:
            known[f"_set_{name}"] = getattr(cls, name).__set__
            body.append(f"_set_{name}(self, {name})")
        else:
            body.append(f"_set(self, {name!r}, {name})")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    parameters = ", ".join(["self", *in_order, *(["*", *by_name] if by_name else [])])
    exec(f"def __init__({parameters}):\n  " + "\n  ".join(body), known)
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    dataclass = _frozen
