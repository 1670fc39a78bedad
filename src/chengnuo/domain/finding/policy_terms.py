"""The words that a policy is looked through for, and how they are found in a text.

A text and a word are compared *tight*: Latin letters in lower case, full-width signs as ordinary
ones, no space beside a Chinese character. Each character of the tight text keeps its place in the
text itself.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

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
_PLURAL = re.compile(r"(?:e?s)?(?![a-z0-9])")


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


TermsByStart: TypeAlias = Mapping[str, list[Term]]
"""Terms by their first two characters, the longest first."""


def by_start(terms: Iterable[Term]) -> TermsByStart:
    """Return terms by their first two characters, the longest first."""
    found: dict[str, list[Term]] = defaultdict(list)
    for term in sorted(terms, key=lambda one: -len(one.tight)):
        found[term.tight[:2]].append(term)
    return found


def find_terms(text: str, of: Tight, starts: TermsByStart) -> Iterator[tuple[int, int, Term]]:
    """Yield where a term begins and ends in a text, and the term, by where they begin.

    Of the terms for things of one sort that begin at one place the longest counts, or several of
    one length.

    Args:
        text: The text.
        of: The same text, tight.
        starts: The terms.

    """
    for at in range(len(of.text) - 1):
        longest: dict[Subject, int] = {}
        for term in starts.get(of.text[at : at + 2], ()):
            size = len(term.tight)
            if (
                size >= longest.get(term.subject, 0)
                and of.text.startswith(term.tight, at)
                and _stands_alone(of.text, at, at + size)
            ):
                begin, end = of.places[at], of.places[at + size - 1] + 1
                if not term.exact or text[begin:end] == term.exact:
                    longest[term.subject] = size
                    yield begin, end, term


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a word that begins or ends with a Latin letter is a whole one."""
    before = text[start - 1 : start]
    if _is_latin(text[start]) and before and (_is_latin(before) or before in "_."):
        return False
    return not _is_latin(text[end - 1]) or _PLURAL.match(text, end) is not None


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def item_terms(knowledge: Knowledge, law: Catalogue) -> Iterator[Term]:
    """Yield every word for a category that counts where information is listed."""
    words = knowledge.policy_words.words
    for category in law.categories.values():
        found = (
            category.text.zh,
            category.text.en or "",
            *(word for word in category.examples if len(word) > _MIN_CHINESE),
            *words[NamedThing.CATEGORY].get(category.id, ()),
            *words[NamedThing.ITEM].get(category.id, ()),
        )
        lower = (word.lower() for word in found)
        yield from _terms(lower, Subject.INFORMATION, category.id)


def sdk_terms(knowledge: Knowledge) -> Iterator[Term]:
    """Yield every word for an SDK, and the names of the companies behind them."""
    words = knowledge.policy_words.words[NamedThing.SDK]
    for sdk in knowledge.sdks.sdks.values():
        yield from _terms((*_names_of(sdk), *words.get(sdk.id, ())), Subject.SDK, sdk.id)
        yield from _terms(_company_of(sdk), Subject.SDK, sdk.id, Naming.COMPANY_ONLY)


def category_terms(knowledge: Knowledge, law: Catalogue) -> Iterator[Term]:
    """Yield every word for a category that counts in any text."""
    words = knowledge.policy_words.words[NamedThing.CATEGORY]
    for category in law.categories.values():
        found = (category.text.zh, *words.get(category.id, ()))
        yield from _terms(found, Subject.INFORMATION, category.id)


def terms_of(knowledge: Knowledge, law: Catalogue) -> Iterator[Term]:
    """Yield every word that is known; a word may name several things."""
    words = knowledge.policy_words.words
    yield from category_terms(knowledge, law)
    for permission in knowledge.permissions.names.values():
        short = permission.name.removeprefix(_PREFIX)
        name = short if "_" in short or "." in short else permission.name
        more = words[NamedThing.PERMISSION].get(permission.name, ())
        found = (name.lower(), short, permission.purpose.zh, *more)
        yield from _terms(found, Subject.PERMISSION, permission.name)
    yield from sdk_terms(knowledge)


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
