"""Administrative divisions: which of them begins at a place of a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Final

_LONG_ENDS: Final = re.compile("(?:特别行政区|(?:维吾尔|壮族|回族)?自治区|省|市)$")
_SHORTEST_STEM: Final = 2


class Level(IntEnum):
    """How far up a division stands."""

    PROVINCE = 1
    PREFECTURE = 2
    COUNTY = 3


@dataclass(frozen=True)
class Divisions:
    """The divisions of the country, by their full names.

    Attributes:
        provinces: Those of the first level.
        prefectures: Those of the second.
        counties: Those of the third.

    """

    provinces: tuple[str, ...]
    prefectures: tuple[str, ...]
    counties: tuple[str, ...]

    @cached_property
    def known(self) -> dict[str, Level]:
        """The level of each name; provinces and cities also go without their last word."""
        levels: dict[str, Level] = {}
        for level, names in zip(
            reversed(Level), (self.counties, self.prefectures, self.provinces), strict=True
        ):
            for name in names:
                levels[name] = level
                stem = _LONG_ENDS.sub("", name)
                if level is not Level.COUNTY and len(stem) >= _SHORTEST_STEM:
                    levels[stem] = level
        return levels

    @cached_property
    def _sizes(self) -> dict[str, tuple[int, ...]]:
        """How long the names are that a sign begins, the longest first."""
        sizes: dict[str, set[int]] = {}
        for name in self.known:
            sizes.setdefault(name[0], set()).add(len(name))
        return {sign: tuple(sorted(of_sign, reverse=True)) for sign, of_sign in sizes.items()}

    def at(self, text: str, place: int) -> tuple[int, Level] | None:
        """Return the end and level of the longest division that begins at a place, if one does."""
        for size in self._sizes.get(text[place : place + 1], ()):
            level = self.known.get(text[place : place + size])
            if level is not None:
                return place + size, level
        return None

    def chain(self, text: str, place: int) -> tuple[int, tuple[Level, ...]]:
        """Return the end and the levels of the divisions that follow each other from a place."""
        levels: list[Level] = []
        while found := self.at(text, place):
            place, level = found
            levels.append(level)
            place += text[place : place + 1] == " "
        return place - (text[place - 1 : place] == " " and bool(levels)), tuple(levels)

    def chains(
        self, text: str, start: int, end: int
    ) -> Iterator[tuple[int, int, tuple[Level, ...]]]:
        """Yield start, end and levels of each chain that begins in a part of a text."""
        place = start
        while place < end:
            after, levels = self.chain(text, place)
            if levels:
                yield place, after, levels
            place = after if levels else place + 1
