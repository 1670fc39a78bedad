"""Cues: the words beside a value that say what it is, as keys of JSON, columns, or plain words.

A key of a program is cut into its words (`userIdCardNo`, `id_card_no`) and the longest ending that
is known counts. Of Chinese the longest ending that is known counts. What only joins (`:`, `为`,
`号码`) is passed over; a full stop, a comma or the end of a line is not: a cue speaks for the value
right beside it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase
from typing import Final

from chengnuo.engines.text.kinds import Kind

REACH: Final = 48
"""How many characters beside a value are looked at."""

# What ends the reach of a cue.
HARD: Final = "\n\r,;{}&?!|，；。！？、"
_LAST_HARD: Final = re.compile(f".*[{HARD}]", re.DOTALL)
_SOFT: Final = "+ \t\"'`:=>([#*/\\：（【「『“‘《<"
_JOINING: Final = ("号码", "号", "码", "为", "是", "：", "叫")
JOINTS: Final = _SOFT + "_-." + "".join(_JOINING)
"""The signs that only join a cue to its value; every joining word is made of them."""
SOFT_AFTER: Final = " \t\"')]（(：:”’"
# Words that only say that a number follows.
NUMBERING: Final = frozenset({"no", "num", "number", "nr", "value", "id", "code", "str", "is"})
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[_\-. ][A-Za-z0-9]+)*$")
_PART: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_MIXED: Final = re.compile(r"[0-9A-Za-z]*[\u4e00-\u9fff]+$")
_HAN_FIRST: Final = re.compile(r"[\u4e00-\u9fff]+")
_NAME_FIRST: Final = re.compile(r"[A-Za-z]+")
MOST_PARTS: Final = 4
_LOWER: Final = str.maketrans(ascii_uppercase, ascii_lowercase)


@dataclass(frozen=True, slots=True)
class Cue:
    """What a cue says a value is.

    Attributes:
        kind: The kind, or `None`: the value is something else (an order number, an amount).

    """

    kind: Kind | None


class Cues:
    """The words that name kinds of values.

    Args:
        words: The words of each kind, Chinese and English; case, spaces and underscores of
            English ones do not matter. `None` has those of values that are not personal. No
            English word begins with a digit.

    Attributes:
        known: What each word says, as it is compared: small letters, without what parts them.
        longest: The length of the longest word that is not English.

    """

    def __init__(self, words: Mapping[Kind | None, Iterable[str]]) -> None:
        self.known: dict[str, Cue] = {}
        for kind, of_kind in words.items():
            for word in of_kind:
                self.known[_plain(word)] = Cue(kind)
        self.longest = max((len(word) for word in self.known if not word.isascii()), default=0)
        self._seen: dict[str, Cue | None] = {}

    def before(self, text: str, at: int) -> Cue | None:
        """Return what the words right before a place say, or `None` if they say nothing known."""
        left = text[max(0, at - REACH) : at]
        if hard := _LAST_HARD.match(left):
            left = left[hard.end() :]
        if left not in self._seen:
            if len(self._seen) >= _MEMO:
                self._seen.clear()
            self._seen[left] = self._named(left)
        return self._seen[left]

    def after(self, text: str, at: int) -> Cue | None:
        """Return what the words right after a place say, or `None` if they say nothing known."""
        right = text[at : at + REACH].lstrip(SOFT_AFTER)
        if han := _HAN_FIRST.match(right):
            found = han.group()
            for size in range(min(len(found), self.longest), 0, -1):
                if cue := self.known.get(found[:size]):
                    return cue
        elif name := _NAME_FIRST.match(right):
            return self.known.get(name.group().lower())
        return None

    def around(self, text: str, start: int, kind: Kind) -> bool:
        """Tell whether a word of a kind stands before a place, in the same line and near it."""
        left = text[max(0, start - REACH) : start].rsplit("\n", 1)[-1].translate(_LOWER)
        return any(
            cue.kind is kind and word in left for word, cue in self.known.items() if len(word) > 1
        )

    def _named(self, left: str) -> Cue | None:
        left = _without_joints(left)
        if name := _NAME.search(left):
            parts = [part.lower() for part in _PART.findall(name.group())]
            while parts:
                for size in range(min(len(parts), MOST_PARTS), 0, -1):
                    if cue := self.known.get("".join(parts[-size:])):
                        return cue
                last = parts.pop()
                if last not in NUMBERING and not last.isdecimal():
                    return None
            left = _without_joints(left[: name.start()])
        if mixed := _MIXED.search(left):
            found = mixed.group().lower()
            for size in range(min(len(found), self.longest), 0, -1):
                if cue := self.known.get(found[-size:]):
                    return cue
        return None


_MEMO: Final = 1 << 12


def _without_joints(left: str) -> str:
    while True:
        shorter = left.rstrip(_SOFT).rstrip("_-.")
        for joint in _JOINING:
            shorter = shorter.removesuffix(joint)
        if shorter == left:
            return left
        left = shorter


def _plain(word: str) -> str:
    if word.isascii():
        return "".join(_PART.findall(word)).lower()
    return _without_joints(word.lower())
