"""Documents and resources of a package, read by what their bytes are, and looked up together."""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.engines.axml.binary_table import BinaryTable
from chengnuo.engines.axml.binary_xml import binary_xml
from chengnuo.engines.axml.element import Document, Raw, Reference, ResourceFormatError, Value
from chengnuo.engines.axml.proto_table import ProtoTable
from chengnuo.engines.axml.proto_xml import proto_xml
from chengnuo.engines.axml.table import Config, Table
from chengnuo.engines.axml.text_xml import text_xml

BOM = b"\xef\xbb\xbf"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
NODE = b"\x0a"
"""How an `XmlNode` with an element begins: field 1, with contents."""
TABLE = b"\x02\x00\x0c\x00"
LOOKUPS = 500
"""Resources followed for one; a longer way is a tangle."""


def document_of(data: bytes, where: str) -> Document:
    """Read a manifest, layout or other XML file of a package in whichever form it is.

    Raises:
        ResourceFormatError: It is in none of the forms, or holds no element.

    """
    text = data.removeprefix(BOM).lstrip()
    if text[:1] == b"<" or data.startswith(UTF16):
        return text_xml(data, where)
    if data.startswith(NODE):
        try:
            return proto_xml(data, where)
        except ResourceFormatError:
            return binary_xml(data, where)
    return binary_xml(data, where)


def table_of(data: bytes, where: str) -> Table:
    """Read a table of resources in whichever form it is.

    Raises:
        ResourceFormatError: It is in neither form.

    """
    return BinaryTable(data, where) if data[:2] == TABLE[:2] else ProtoTable(data, where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """A text of the app in one language; `locale` is empty for the one shown by default."""

    locale: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """The tables of a package, the base's first."""

    tables: tuple[Table, ...] = ()

    def name(self, resource_id: int) -> str:
        """Return the name as `string/app_name`, empty if no table has it."""
        names = (table.name(resource_id) for table in self.tables)
        return next((name for name in names if name), "")

    def ids(self, kind: str) -> tuple[int, ...]:
        """Return the ids of all resources of a type in all tables, ascending."""
        return tuple(sorted({number for table in self.tables for number in table.ids(kind)}))

    def plain(self, value: Value | None) -> str | bool | int | None:
        """Return what a value comes to by default, references followed; None if it is no text.

        Of values for several devices the one for any device and language counts, else the first.
        """
        if value is None or isinstance(value, Raw):
            return None
        if not isinstance(value, Reference):
            return value
        followed = self._followed(value.resource_id)
        found = [(config, one) for config, one in followed if not isinstance(one, Raw)]
        default = [one for config, one in found if config == Config()]
        return next(iter(default or [one for _, one in found]), None)

    def texts(self, value: Value | None) -> tuple[Worded, ...]:
        """Return the texts of a value in all languages, references followed, each once."""
        if isinstance(value, str):
            return (Worded(locale="", text=value),)
        if not isinstance(value, Reference):
            return ()
        found = (
            Worded(locale=config.locale, text=one)
            for config, one in self._followed(value.resource_id)
            if isinstance(one, str)
        )
        return tuple(dict.fromkeys(found))

    def files(self, resource_id: int) -> tuple[str, ...]:
        """Return the files of a resource (layouts, XML, raw) for all devices, each once."""
        found = (one for _, one in self._followed(resource_id) if isinstance(one, str))
        return tuple(dict.fromkeys(found))

    def values(self, value: Value | None) -> tuple[Value, ...]:
        """Return what a value comes to on any device, references followed, each once."""
        if isinstance(value, Reference):
            return tuple(dict.fromkeys(one for _, one in self._followed(value.resource_id)))
        return () if value is None else (value,)

    def _followed(self, resource_id: int) -> Iterator[tuple[Config, str | bool | int | Raw]]:
        """Yield the plain values that a resource comes to; each resource is looked up once."""
        waiting = [(resource_id, Config())]
        seen: set[int] = set()
        while waiting and len(seen) < LOOKUPS:
            number, outer = waiting.pop(0)
            if number in seen:
                continue
            seen.add(number)
            for row in (row for table in self.tables for row in table.rows(number)):
                config = row.config if row.config.locale else _within(outer, row.config)
                for value in row.values():
                    if isinstance(value, Reference):
                        waiting.append((value.resource_id, config))
                    else:
                        yield config, value


def _within(outer: Config, inner: Config) -> Config:
    """Return the devices that a value is for which another one led to."""
    return Config(
        locale=inner.locale or outer.locale,
        density=inner.density or outer.density,
        sdk=max(inner.sdk, outer.sdk),
    )
