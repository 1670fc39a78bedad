"""What a table of resources answers, whichever of two forms it was kept in.

A resource has an id `0xPPTTEEEE` (package, type, entry) and one value for each configuration of
a device that it was made for. Only of interest here of a configuration: language, density and
the release of Android.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from chengnuo.engines.axml.element import Value
from chengnuo.engines.program.unit import Damage


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The devices that a value is for.

    Attributes:
        locale: BCP 47, as `zh-CN`; empty for every language.
        density: Dots per inch, 0 for any.
        sdk: Least API level, 0 for any.

    """

    locale: str = ""
    density: int = 0
    sdk: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One value of several under one resource: of an array, a plural, a style.

    Attributes:
        key: Resource id that names it (attribute, quantity, index), 0 where there is none.
        value: Its value.

    """

    key: int
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Bag:
    """A resource of several values; `parent` is a resource id or 0."""

    parent: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The value of a resource for one configuration."""

    config: Config
    value: Value | Bag

    def values(self) -> tuple[Value, ...]:
        """Return its value, or each of several."""
        if isinstance(self.value, Bag):
            return tuple(item.value for item in self.value.items)
        return (self.value,)


class Table(Protocol):
    """A table of resources."""

    @property
    def damages(self) -> tuple[Damage, ...]:
        """What of it could not be read."""
        ...

    def rows(self, resource_id: int) -> tuple[Row, ...]:
        """Return the values of a resource in the order of the table; none if it is not there."""
        ...

    def name(self, resource_id: int) -> str:
        """Return the name as `string/app_name`, empty if it is not there."""
        ...

    def ids(self, kind: str) -> Sequence[int]:
        """Return the ids of all resources of a type (`string`, `layout`), ascending."""
        ...

    def strings(self) -> Iterator[str]:
        """Yield every string in it, paths of files included, in the order of the table."""
        ...
