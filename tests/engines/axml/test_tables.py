"""Resources are found by id in every way a table keeps them; references are followed once each."""

import struct

import pytest
from tests.engines.axml.compiled import chunk, pool

from chengnuo.engines.axml.config import config_at
from chengnuo.engines.axml.element import Reference, ResourceFormatError, Value
from chengnuo.engines.axml.resources import Resources, Worded, table_of
from chengnuo.engines.axml.table import Bag, Config, Item, Table

STRING, REFERENCE = 3, 1
FIRST = 0x7F010000


def config(locale: bytes = b"", region: bytes = b"") -> bytes:
    return struct.pack("<I4x2s2s", 64, locale, region).ljust(64, b"\0")


def entry(key: int, kind: int, data: int) -> bytes:
    return struct.pack("<2HIH2BI", 8, 0, key, 8, 0, kind, data)


def bag(key: int, items: list[tuple[int, int, int]]) -> bytes:
    body = b"".join(struct.pack("<IH2BI", name, 8, 0, kind, data) for name, kind, data in items)
    return struct.pack("<2H3I", 16, 1, key, 0, len(items)) + body


def compact(key: int, kind: int, data: int) -> bytes:
    return struct.pack("<2HI", key, 8 | kind << 8, data)


def typed(entries: dict[int, bytes], where: bytes = b"", *, form: str = "dense") -> bytes:
    """Return a chunk of type 1 with the entries given by number."""
    places, data = {}, b""
    for number, one in entries.items():
        places[number] = len(data)
        data += one
    count = max(entries) + 1
    if form == "sparse":
        offsets = b"".join(struct.pack("<2H", n, at // 4) for n, at in places.items())
        flags, count = 1, len(places)
    elif form == "short":
        offsets = b"".join(
            struct.pack("<H", places[n] // 4 if n in places else 0xFFFF) for n in range(count)
        )
        offsets += bytes(-len(offsets) % 4)
        flags = 2
    else:
        offsets = b"".join(struct.pack("<I", places.get(n, 0xFFFFFFFF)) for n in range(count))
        flags = 0
    where = where or config()
    begins = 8 + 12 + len(where) + len(offsets)
    return chunk(0x0201, struct.pack("<2BH2I", 1, flags, 0, count, begins) + where, offsets + data)


def table(*types: bytes, texts: tuple[str, ...] = ("zero", "one", "two")) -> Table:
    kinds, keys = pool(["string"]), pool([f"key{number}" for number in range(10)])
    head = struct.pack("<I256s5I", 0x7F, b"", 288, 1, 288 + len(kinds), 1, 0)
    package = chunk(0x0200, head, kinds + keys + b"".join(types))
    data = chunk(2, struct.pack("<I", 1), pool(list(texts)) + package)
    return table_of(data, "t")


def values(found: Table, number: int) -> list[Value | Bag]:
    return [row.value for row in found.rows(FIRST + number)]


@pytest.mark.parametrize("form", ["dense", "sparse", "short"])
def test_entries_are_found_in_every_form(form: str) -> None:
    entries = {0: entry(3, STRING, 1), 4: compact(5, STRING, 2), 7: entry(6, STRING, 0)}
    found = table(typed(entries, form=form))
    assert [values(found, number) for number in (0, 4, 7, 1, 8)] == [
        ["one"],
        ["two"],
        ["zero"],
        [],
        [],
    ]
    assert [found.name(FIRST + number) for number in (0, 4, 1)] == [
        "string/key3",
        "string/key5",
        "",
    ]
    assert found.ids("string") == (FIRST, FIRST + 4, FIRST + 7)
    assert found.ids("layout") == ()


def test_several_values_are_told_with_their_keys() -> None:
    found = table(typed({0: bag(1, [(0x01000004, STRING, 0), (9, REFERENCE, FIRST)])}))
    items = (Item(key=0x01000004, value="zero"), Item(key=9, value=Reference(resource_id=FIRST)))
    assert values(found, 0) == [Bag(parent=0, items=items)]


def test_texts_are_told_in_all_languages_and_through_references() -> None:
    plain = typed({0: entry(0, STRING, 0), 1: entry(1, REFERENCE, FIRST)})
    chinese = typed({0: entry(0, STRING, 1)}, config(b"zh", b"CN"))
    resources = Resources(tables=(table(plain, chinese),))
    both = (Worded(locale="", text="zero"), Worded(locale="zh-CN", text="one"))
    assert resources.texts(Reference(resource_id=FIRST)) == both
    assert resources.texts(Reference(resource_id=FIRST + 1)) == both
    assert resources.plain(Reference(resource_id=FIRST + 1)) == "zero"


def test_references_in_a_circle_end() -> None:
    circle = {0: entry(0, REFERENCE, FIRST + 1), 1: entry(1, REFERENCE, FIRST)}
    resources = Resources(tables=(table(typed(circle)),))
    assert resources.texts(Reference(resource_id=FIRST)) == ()
    assert resources.plain(Reference(resource_id=FIRST)) is None


@pytest.mark.parametrize(
    ("raw", "locale"),
    [
        (config(b"zh", b"CN"), "zh-CN"),
        (config(struct.pack("BB", 0xAD, 0x05), b""), "fil"),
        (config(b"es", struct.pack("BB", 0xA4, 0x24)), "es-419"),
        (config(b"zh").ljust(64, b"\0")[:36] + b"Hant" + bytes(24), "zh-Hant"),
        (config(b"\x01\x02"), ""),
        (b"\x40", ""),
    ],
)
def test_languages_are_told_by_their_tags(raw: bytes, locale: str) -> None:
    assert config_at(raw, 0, len(raw)) == Config(locale=locale)


def test_what_is_no_table_is_refused() -> None:
    for data in (b"", b"\x02\x00\x0c\x00", bytes(50), b"\x03\x00\x08\x00" + bytes(9), b"\xff" * 40):
        with pytest.raises(ResourceFormatError):
            table_of(data, "t")
