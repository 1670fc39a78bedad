"""The words that a policy is looked through for, and how they are found in a text.

A text and a word are compared *tight*: Latin letters in lower case, full-width signs as ordinary
ones, no space beside a Chinese character. Each character of the tight text keeps its place in the
text itself.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chengnuo.domain.finding.package_policy import Naming
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.observation import Subject
from chengnuo.domain.observation.policy_words import NamedThing
from chengnuo.domain.observation.sdk_catalogue import Sdk
from chengnuo.law.catalogue import Catalogue

_WIDE = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: 0x20, 0xA0: 0x20}
_SPACES = re.compile(r"\s+")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_BETWEEN = re.compile(r"[/、]")
_SUFFIX = re.compile(
    r"[\s,]+(inc|llc|l\.l\.c|ltd|limited|gmbh|corp|corporation|company|co|s\.a|pte|platforms)\.?$",
    re.IGNORECASE,
)
_ORDINARY_WORD = re.compile(r"[A-Z][a-z]+")
_NOT_COMPANIES = frozenset({"various", "open source", "开源"})
_MIN_LATIN = 3
_MIN_CHINESE = 2
_PREFIX = "android.permission."


@dataclass(frozen=True, slots=True)
class Tight:
    """A text, tight, with the place of each of its characters in the text itself."""

    text: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One word and what it names.

    Attributes:
        tight: The word, tight.
        exact: The word as it has to be written; empty if any case will do.
        subject: What it names.
        what: Which one.
        naming: How surely.

    """

    tight: str
    exact: str
    subject: Subject
    what: str
    naming: Naming


def tight(text: str) -> Tight:
    r"""Return a text, tight.

    >>> tight("IP 地址 and\nAndroid  ID").text
    'ip地址and android id'

    """
    plain = text.translate(_WIDE)
    spaces = {found.start(): found.end() for found in _SPACES.finditer(plain)}
    signs: list[str] = []
    places: list[int] = []
    at = 0
    while at < len(plain):
        end = spaces.get(at, 0)
        sign = plain[at]
        if not end:
            signs.append(sign.lower() if sign.isascii() else sign)
            places.append(at)
        elif signs and signs[-1].isascii() and plain[end : end + 1].isascii() and end < len(plain):
            signs.append(" ")
            places.append(at)
        at = end or at + 1
    return Tight("".join(signs), tuple(places))


def terms_of(knowledge: Knowledge, law: Catalogue) -> Iterator[Term]:
    """Yield every word that is known; a word may name several things."""
    words = knowledge.policy_words.words
    for category in law.categories.values():
        found = (category.text.zh, *words[NamedThing.CATEGORY].get(category.id, ()))
        yield from _terms(found, Subject.INFORMATION, category.id)
    for permission in knowledge.permissions.names.values():
        short = permission.name.removeprefix(_PREFIX)
        name = short if "_" in short or "." in short else permission.name
        more = words[NamedThing.PERMISSION].get(permission.name, ())
        found = (name.lower(), short, permission.purpose.zh, *more)
        yield from _terms(found, Subject.PERMISSION, permission.name)
    for sdk in knowledge.sdks.sdks.values():
        found = (*_names_of(sdk), *words[NamedThing.SDK].get(sdk.id, ()))
        yield from _terms(found, Subject.SDK, sdk.id)
        yield from _terms(_company_of(sdk), Subject.SDK, sdk.id, Naming.COMPANY_ONLY)


def _terms(
    words: Iterable[str], subject: Subject, what: str, naming: Naming = Naming.NAMED
) -> Iterator[Term]:
    for word in dict.fromkeys(words):
        text = tight(word).text
        if len(text) >= (_MIN_LATIN if text.isascii() else _MIN_CHINESE):
            exact = word if word != word.lower() and word.isascii() else ""
            yield Term(text, exact, subject, what, naming)


def _names_of(sdk: Sdk) -> Iterator[str]:
    """Yield what an SDK is called; a name that is an ordinary word counts only as written."""
    for name in (sdk.name.zh, sdk.name.en or ""):
        plain = _IN_BRACKETS.sub("", name.translate(_WIDE)).strip()
        for part in (plain, *_BETWEEN.split(plain)[:1]):
            word = part.strip()
            yield word if _ORDINARY_WORD.fullmatch(word) else word.lower()


def _company_of(sdk: Sdk) -> Iterator[str]:
    """Yield what the company of an SDK is called, in full and short."""
    for name in (sdk.company.zh, sdk.company.en or ""):
        plain = name.translate(_WIDE).strip()
        short = _IN_BRACKETS.sub("", plain).strip()
        while (shorter := _SUFFIX.sub("", short)) != short:
            short = shorter
        inside = _IN_BRACKETS.findall(plain) if plain.isascii() else []
        for word in (plain, short, *(one.strip("()") for one in inside)):
            if word.lower() not in _NOT_COMPANIES:
                yield word if _ORDINARY_WORD.fullmatch(word) else word.lower()
