"""Resource tables in protobuf form (aapt2's `Resources.proto`: `ResourceTable`), of app bundles."""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.engines.axml import wire
from chengnuo.engines.axml.element import ResourceFormatError, Value
from chengnuo.engines.axml.proto_item import item_of
from chengnuo.engines.axml.table import Bag, Config, Item, Row
from chengnuo.engines.program.unit import Damage

PACKAGE = 2
NUMBER, NAME, MEMBERS = 1, 2, 3
CONFIG_VALUE = 6
CONFIG, VALUE = 1, 2
LOCALE, DENSITY, SDK = 3, 18, 24
ITEM, COMPOUND = 4, 5
STYLE, ARRAY, PLURAL = 2, 4, 5
ENTRY_ITEM = {STYLE: 4, ARRAY: 3, PLURAL: 4}
"""Field of the `Item` in one entry of a style, array or plural."""
ENTRY_OF = {STYLE: 3, ARRAY: 1, PLURAL: 1}
"""Field of the entries themselves."""
ANY_DENSITY = frozenset({0xFFFE, 0xFFFF})
RESOURCES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Resource:
    """One resource: its name, and its values where they lie in the table."""

    kind: str
    name: str
    values: tuple[memoryview, ...]


class ProtoTable:
    """A table in protobuf form; see `Table`. Names are read at once, values when asked for."""

    __slots__ = ("_resources", "damages")

    def __init__(self, data: bytes, where: str) -> None:
        """Read the names of all resources.

        Args:
            data: The whole file.
            where: Its name, for damages.

        Raises:
            ResourceFormatError: It is no such message.

        """
        self._resources: dict[int, _Resource] = {}
        found: list[Damage] = []
        packages = 0
        for number, _, contents in wire.fields(memoryview(data)):
            if number == PACKAGE:
                packages += 1
                try:
                    self._package(contents)
                except ResourceFormatError as error:
                    found.append(Damage(where=where, why=error.why))
        if not packages:
            raise ResourceFormatError(f"`{where}` has no package of resources")
        if len(self._resources) == RESOURCES:
            found.append(Damage(where=where, why="it has too many resources"))
        self.damages: tuple[Damage, ...] = tuple(found)

    def rows(self, resource_id: int) -> tuple[Row, ...]:
        """Return the values of a resource in the order of the table; damaged ones are left out."""
        resource = self._resources.get(resource_id)
        found = []
        for message in () if resource is None else resource.values:
            try:
                row = _row(message)
            except ResourceFormatError:
                continue
            if row is not None:
                found.append(row)
        return tuple(found)

    def name(self, resource_id: int) -> str:
        """Return the name as `string/app_name`, empty if it is not there."""
        resource = self._resources.get(resource_id)
        return "" if resource is None else f"{resource.kind}/{resource.name}"

    def ids(self, kind: str) -> tuple[int, ...]:
        """Return the ids of all resources of a type, ascending."""
        return tuple(sorted(number for number, one in self._resources.items() if one.kind == kind))

    def strings(self) -> Iterator[str]:
        """Yield every string that is a value, in the order of the table."""
        for resource_id in self._resources:
            for row in self.rows(resource_id):
                yield from (one for one in row.values() if isinstance(one, str) and one)

    def _package(self, message: memoryview) -> None:
        package = _number(message) << 24
        for number, _, kind in wire.fields(message):
            if number == MEMBERS:
                name = wire.text(wire.contents_of(kind, NAME) or wire.NOTHING)
                base = package | (_number(kind) & 0xFF) << 16
                for field, _, entry in wire.fields(kind):
                    if field == MEMBERS:
                        self._entry(base, name, entry)

    def _entry(self, base: int, kind: str, message: memoryview) -> None:
        number, name = 0, ""
        values: list[memoryview] = []
        for field, _, contents in wire.fields(message):
            if field == NUMBER:
                number = wire.number_of(contents, 1) & 0xFFFF
            elif field == NAME:
                name = wire.text(contents)
            elif field == CONFIG_VALUE:
                values.append(contents)
        resource = _Resource(kind=kind, name=name, values=tuple(values))
        if len(self._resources) < RESOURCES:
            self._resources.setdefault(base | number, resource)


def _number(message: memoryview) -> int:
    """Return the id of a package or type, a message of its own."""
    return wire.number_of(wire.contents_of(message, NUMBER) or wire.NOTHING, 1) & 0xFF


def _row(message: memoryview) -> Row | None:
    config = _config(wire.contents_of(message, CONFIG) or wire.NOTHING)
    for number, _, contents in wire.fields(wire.contents_of(message, VALUE) or wire.NOTHING):
        value: Value | Bag | None = None
        if number == ITEM:
            value = item_of(contents)
        elif number == COMPOUND:
            value = _bag(contents)
        if value is not None:
            return Row(config=config, value=value)
    return None


def _config(message: memoryview) -> Config:
    locale, density, sdk = "", 0, 0
    for number, value, contents in wire.fields(message):
        if number == LOCALE:
            locale = wire.text(contents)
        elif number == DENSITY:
            density = 0 if value in ANY_DENSITY else value & 0xFFFF
        elif number == SDK:
            sdk = value & 0xFFFF
    return Config(locale=locale, density=density, sdk=sdk)


def _bag(message: memoryview) -> Bag | None:
    """Return the items of a style, array or plural; other compounds hold no values."""
    for kind, _, contents in wire.fields(message):
        if kind in ENTRY_OF:
            items = []
            for number, _, entry in wire.fields(contents):
                if number == ENTRY_OF[kind]:
                    item = item_of(wire.contents_of(entry, ENTRY_ITEM[kind]) or wire.NOTHING)
                    if item is not None:
                        items.append(Item(key=0, value=item))
            return Bag(parent=0, items=tuple(items))
    return None
