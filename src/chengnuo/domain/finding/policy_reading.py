"""Looks through the text of a policy for everything that the catalogues know a word for.

One pass over the text: at each character the words that begin with it and the next are tried, so
that time is in proportion to the text. Of the words for things of one sort that begin at one
place the longest counts: "AMap location" names that SDK, not the map.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from chengnuo.domain.finding.package_policy import Mention, Naming, PolicyLook
from chengnuo.domain.finding.policy_terms import Tight, by_start, find_terms, terms_of, tight
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.observation import Subject
from chengnuo.law.catalogue import Catalogue

MAX_CHARACTERS = 2_000_000
"""A policy is some ten thousand characters; what is longer is looked through only so far."""

_ADDRESS = re.compile(
    r"https?://([A-Za-z0-9.-]{1,253})(?::\d{1,5})?[^\s<>\"'（）()，。；、“”]{0,2000}"
)
_DOTTED = re.compile(r"[A-Za-z_][\w-]{0,63}(?:\.[\w-]{1,63}){1,15}", re.ASCII)


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
    for at, end, term in find_terms(text, of, by_start(terms_of(knowledge, law))):
        yield at, text[at:end], term.subject, term.what, term.naming


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
