"""Documents in three forms come to one tree; tricks that Android reads through are read through."""

import struct
from pathlib import Path

import pytest
from tests.engines.axml.compiled import (
    BOOLEAN,
    DECIMAL,
    NONE,
    STRING,
    chunk,
    document,
    end,
    ids,
    pool,
    start,
)

from chengnuo.engines.archive.archive import Archive
from chengnuo.engines.archive.entry import Refused
from chengnuo.engines.axml.attribute_id import ANDROID
from chengnuo.engines.axml.element import DEPTH, Element, Reference, ResourceFormatError
from chengnuo.engines.axml.resources import document_of

BUILT = Path(__file__).parents[2] / "packages" / "built"
TEXTS = ["name", "exported", "manifest", ANDROID, "a.b.C", "package"]
IDS = ids(0x01010003, 0x01010010)


def tree(data: bytes) -> Element:
    return document_of(data, "m").root


def said(data: bytes) -> list[str]:
    return [one.why for one in document_of(data, "m").damages]


@pytest.mark.parametrize("utf8", [True, False], ids=["UTF-8", "UTF-16"])
def test_a_compiled_document_is_read(utf8: bool) -> None:
    texts = [*TEXTS, "承诺 😀 " + "x" * 300]
    attributes = [(3, 0, STRING, 4), (3, 1, BOOLEAN, NONE), (NONE, 5, STRING, 6)]
    data = document(pool(texts, utf8=utf8), IDS, start(2, attributes), end(2))
    root = tree(data)
    assert (root.name, root.line) == ("manifest", 7)
    assert root.android("name") == "a.b.C"
    assert root.android("exported") is True
    assert root.plain("package") == texts[6]
    assert said(data) == []


def test_an_attribute_counts_by_its_id_not_by_its_name() -> None:
    # The first has the name without an id; the second is called otherwise but has the id.
    texts = ["anything", "name", "manifest", ANDROID, "decoy", "real"]
    attributes = [(3, 1, STRING, 4), (3, 0, STRING, 5)]
    root = tree(document(pool(texts), ids(0x01010003), start(2, attributes), end(2)))
    assert root.android("name") == "real"


@pytest.mark.parametrize("kind", [0, 3, 0xFFFF])
def test_the_type_of_the_document_does_not_matter(kind: int) -> None:
    data = document(pool(TEXTS), IDS, start(2), end(2), kind=kind)
    assert tree(data).name == "manifest"


def test_unknown_chunks_and_longer_attributes_are_stepped_over() -> None:
    strange = chunk(0x7777, b"", b"junk")
    element = start(2, [(3, 0, STRING, 4), (3, 1, BOOLEAN, 0)], step=32)
    root = tree(document(strange, pool(TEXTS), strange, IDS, element, strange, end(2)))
    assert (root.android("name"), root.android("exported")) == ("a.b.C", False)


def test_only_the_first_pool_counts() -> None:
    root = tree(document(pool(TEXTS), pool(["other"] * 6), IDS, start(2), end(2)))
    assert root.name == "manifest"


def test_damage_is_said_and_the_rest_is_read() -> None:
    cut = start(2, [(3, 0, STRING, 4)])
    cut = cut[:28] + struct.pack("<H", 500) + cut[30:]
    data = document(pool(TEXTS), IDS, start(2), cut, end(2), start(99))
    assert tree(data).children[0].name == "manifest"
    assert said(data) == [
        "attributes are cut off",
        "a name or text is not in its pool",
        "elements are not closed",
    ]


def test_elements_too_deep_are_left_out_and_said() -> None:
    levels = DEPTH + 50
    data = document(pool(TEXTS), *[start(2)] * levels, *[end(2)] * levels)
    assert len(list(tree(data).all())) == DEPTH
    assert said(data) == ["elements beyond the bounds were left out (50 times)"]


def test_one_long_string_that_all_offsets_point_at_does_not_fill_the_memory() -> None:
    count = 4_000
    long = pool(["x" * 30_000])
    body = struct.pack(f"<{count}I", *[0] * count) + long[32:]
    many = chunk(1, struct.pack("<5I", count, 0, 1 << 8, 28 + 4 * count, 0), body)
    root = tree(document(many, *[start(number) + end(number) for number in range(count)][:1]))
    assert len(root.name) == 30_000
    wide = document(
        many,
        start(0, [(NONE, number, DECIMAL, 1) for number in range(1, count)]),
        end(0),
    )
    names = [one.name for one in tree(wide).attributes]
    assert 2_000 < sum(map(bool, names)) < 2_400


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x03\x00\x08",
        document(pool(TEXTS)),
        b"\x03\x00\x04\x00" + bytes(40),
        b"<a",
        b"\x0a\xff",
    ],
)
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(ResourceFormatError):
        document_of(data, "m")


def test_a_text_is_read_with_the_values_that_a_compiler_makes() -> None:
    text = f"""\ufeff<?xml version="1.0" encoding="utf-8"?>
        <manifest xmlns:android="{ANDROID}" package="a.b"><application
        android:label="@string/app_name" android:theme="?attr/x" android:debuggable="true">
        <domain>example.com</domain></application></manifest>"""
    application = tree(text.encode()).children[0]
    assert application.android("label") == Reference(name="string/app_name")
    assert application.android("theme") == Reference(name="attr/x", is_theme=True)
    assert application.android("debuggable") is True
    assert application.line == 2
    assert application.children[0].text == "example.com"


@pytest.mark.parametrize(
    "declared",
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', '<!DOCTYPE a SYSTEM "file:///x"><a/>'],
)
def test_a_text_with_a_document_type_is_refused(declared: str) -> None:
    with pytest.raises(ResourceFormatError, match="document type"):
        document_of(declared.encode(), "m")


def test_a_text_broken_later_keeps_what_came_before() -> None:
    found = document_of(b"<a><b x='1'/><c", "m")
    assert [one.name for one in found.root.children] == ["b"]
    assert found.damages[0].why == "the text is not well formed to its end"


def test_a_document_of_an_app_bundle_is_read() -> None:
    archive = Archive((BUILT / "box-aab.aab").read_bytes())
    content = archive.read(archive.entries["base/manifest/AndroidManifest.xml"])
    assert not isinstance(content, Refused)
    root = tree(bytes(content))
    assert root.plain("package") == "com.example.bundle"
    assert root.children
