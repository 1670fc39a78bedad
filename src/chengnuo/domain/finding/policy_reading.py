"""Looks through the text of a policy for everything that the catalogues know a word for.

One pass over the text: at each character the words that begin with it and the next are tried, so
that time is in proportion to the text. Of the words for things of one sort that begin at one
place the longest counts: "AMap location" names that SDK, not the map.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from chengnuo.domain.finding.package_policy import Mention, Naming, PolicyLook
from chengnuo.domain.finding.policy_terms import Term, Tight, terms_of, tight
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.observation import Subject
from chengnuo.law.catalogue import Catalogue

MAX_CHARACTERS = 2_000_000
"""A policy is some ten thousand characters; what is longer is looked through only so far."""

_ADDRESS = re.compile(
    r"https?://([A-Za-z0-9.-]{1,253})(?::\d{1,5})?[^\s<>\"'（）()，。；、“”]{0,2000}"
)
_DOTTED = re.compile(r"[A-Za-z_][\w-]{0,63}(?:\.[\w-]{1,63}){1,15}", re.ASCII)
_PLURAL = re.compile(r"(?:e?s)?(?![a-z0-9])")


def look_through(
    text: str, *, file: str, sha256: str, knowledge: Knowledge, law: Catalogue
) -> PolicyLook:
    """Return what a policy names.

    Args:
        text: The text, without tags; addresses of links may stand in it.
        file: Name of the file.
        sha256: SHA-256 of the file, 64 hex digits.
        knowledge: What names and words are known.
        law: The law, for the categories.

    """
    read = text[:MAX_CHARACTERS]
    lines = [0, *(found.end() for found in re.finditer("\n", read))]
    found: dict[tuple[Subject, str, str], Mention] = {}
    here = (*_words(read, tight(read), knowledge, law), *_names(read, knowledge))
    for at, word, subject, what, naming in sorted(here):
        key = (subject, what, word.lower())
        if key not in found:
            line = bisect_right(lines, at)
            found[key] = Mention(
                subject=subject,
                what=what,
                naming=naming,
                word=" ".join(word.split()),
                line=line,
                column=at - lines[line - 1] + 1,
            )
    return PolicyLook(
        file=file,
        sha256=sha256,
        characters=len(read),
        is_whole=len(read) == len(text),
        mentions=tuple(found.values()),
        links=tuple(dict.fromkeys(one.group().rstrip(".,;:!?") for one in _ADDRESS.finditer(read))),
    )


_Found = tuple[int, str, Subject, str, Naming]


def _words(text: str, of: Tight, knowledge: Knowledge, law: Catalogue) -> Iterator[_Found]:
    starts = _by_start(terms_of(knowledge, law))
    for at in range(len(of.text) - 1):
        longest: dict[Subject, int] = {}
        for term in starts.get(of.text[at : at + 2], ()):
            size = len(term.tight)
            if (
                size >= longest.get(term.subject, 0)
                and of.text.startswith(term.tight, at)
                and _stands_alone(of.text, at, at + size)
            ):
                word = text[of.places[at] : of.places[at + size - 1] + 1]
                if not term.exact or word == term.exact:
                    longest[term.subject] = size
                    yield of.places[at], word, term.subject, term.what, term.naming


def _by_start(terms: Iterable[Term]) -> Mapping[str, list[Term]]:
    """Return terms by their first two characters, the longest first."""
    found: dict[str, list[Term]] = defaultdict(list)
    for term in sorted(terms, key=lambda one: -len(one.tight)):
        found[term.tight[:2]].append(term)
    return found


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a word that begins or ends with a Latin letter is a whole one."""
    before = text[start - 1 : start]
    if _is_latin(text[start]) and before and (_is_latin(before) or before in "_."):
        return False
    return not _is_latin(text[end - 1]) or _PLURAL.match(text, end) is not None


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _names(text: str, knowledge: Knowledge) -> Iterator[_Found]:
    """Yield packages of SDKs and hosts that are named."""
    hosts = {found.start(1): found.group(1) for found in _ADDRESS.finditer(text)}
    for at, host in hosts.items():
        yield from _host(at, host, knowledge)
    for found in _DOTTED.finditer(text):
        name = found.group()
        claim = knowledge.sdks.by_class(name)
        if claim is not None and not claim.weak:
            for sdk in claim.sdks:
                yield found.start(), name, Subject.SDK, sdk, Naming.NAMED
        elif found.start() not in hosts and knowledge.hosts.find(name) is not None:
            yield from _host(found.start(), name, knowledge)


def _host(at: int, host: str, knowledge: Knowledge) -> Iterator[_Found]:
    name = host.lower().strip(".").removeprefix("www.")
    if "." in name:
        yield at, host, Subject.HOST, name, Naming.NAMED
    claim = knowledge.sdks.by_host(name)
    for sdk in claim.sdks if claim is not None else ():
        yield at, host, Subject.SDK, sdk, Naming.COMPANY_ONLY
