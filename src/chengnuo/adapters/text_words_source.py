"""What names, addresses and words of health are made of, read strictly from their files."""

import msgspec

from chengnuo.adapters.law_wire import WrittenMeta
from chengnuo.adapters.law_yaml import parse_yaml
from chengnuo.base.shapes import ready
from chengnuo.engines.text.divisions import Divisions
from chengnuo.engines.text.health import HealthWords
from chengnuo.engines.text.name_words import NameWords


class _WrittenNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What names are made of."""

    meta: WrittenMeta
    surnames: list[str]
    compound: list[str]
    given: list[str]
    ordinary: str
    transliterated: str
    never: list[str]


class _WrittenProvince(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A province; of each part, before the colon a prefecture, after it counties."""

    province: str
    parts: list[str]


class _WrittenDivisions(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The divisions of the country."""

    meta: WrittenMeta
    items: list[_WrittenProvince]


class _WrittenHealth(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Words of health."""

    meta: WrittenMeta
    terms: list[str]
    parts: list[str]
    ends: list[str]
    before: list[str]
    after: list[str]


def read_name_words(data: bytes) -> NameWords:
    """Return what names are made of.

    Raises:
        yaml.YAMLError: The file is no YAML.
        UnicodeDecodeError: It is no UTF-8.
        msgspec.ValidationError: A key is missing or unknown, or holds something else.

    """
    read = msgspec.convert(parse_yaml(data), ready(_WrittenNames))
    return NameWords(
        surnames=tuple(read.surnames),
        compound=tuple(read.compound),
        given=tuple(read.given),
        ordinary=read.ordinary,
        transliterated=read.transliterated,
        never=tuple(read.never),
    )


def read_divisions(data: bytes) -> Divisions:
    """Return the divisions of the country; raises as `read_name_words`."""
    read = msgspec.convert(parse_yaml(data), ready(_WrittenDivisions))
    parts = [part.partition(":") for row in read.items for part in row.parts]
    return Divisions(
        provinces=tuple(row.province for row in read.items),
        prefectures=tuple(dict.fromkeys(name for name, _, _ in parts if name)),
        counties=tuple(dict.fromkeys(name for _, _, names in parts for name in names.split())),
    )


def read_health_words(data: bytes) -> HealthWords:
    """Return the words of health; raises as `read_name_words`."""
    read = msgspec.convert(parse_yaml(data), ready(_WrittenHealth))
    return HealthWords(
        terms=tuple(read.terms),
        parts=tuple(read.parts),
        ends=tuple(read.ends),
        before=tuple(read.before),
        after=tuple(read.after),
    )
