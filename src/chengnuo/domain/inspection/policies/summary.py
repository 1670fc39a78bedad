"""The summary of a policy: what stands under a heading that calls itself one.

What it says has to be in the full rules, too (292号文 5.3): its kinds of information, its scenes,
its ways of collecting. A summary in sentences may leave out what a table, which is read as all of
it, must not. Words are compared, so that a difference asks a person to look.
"""

import re
from collections.abc import Iterator, Sequence

from chengnuo.domain.inspection.draft_said_method import provider_said
from chengnuo.domain.observation.policy import (
    CollectedItem,
    PolicyField,
    PolicyFieldKind,
    ReadFrom,
    Said,
    SummaryDiffers,
    SummaryGap,
)
from chengnuo.domain.register.method import Provider
from chengnuo.engines.policy.blocks import Sentence
from chengnuo.law.ids import CategoryId

_SUMMARY = re.compile(
    r"摘要|概要|简明|简要|简版|要点|一览|一图读懂|summary|at a glance|in brief|key points|overview",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[\s；;、/|（）()]+")
_LEAST_SCENE = 2
"""Signs of a part of a scene that says something."""


def summary_of(sentences: Sequence[Sentence]) -> Iterator[PolicyField]:
    """Yield the summary of a policy, if it has one; its value is how many characters it has."""
    under = _under(sentences)
    if not under:
        return
    yield PolicyField(
        kind=PolicyFieldKind.SUMMARY,
        value=str(sum(len(one.text) for one in under)),
        said=Said(under[0].text, under[0].start, under[0].end),
        heading=under[0].headings[-1],
    )


def summary_gaps(
    text: str, sentences: Sequence[Sentence], collected: Sequence[CollectedItem]
) -> tuple[SummaryDiffers, ...]:
    """Return where the summary of a policy differs from the rest of it.

    Args:
        text: The plain text of the policy.
        sentences: Its sentences.
        collected: What it says is collected, summary and rest.

    """
    under = _under(sentences)
    if not under:
        return ()
    parts = [(one.start, one.end) for one in under]
    brief = [one for one in collected if one.category and _is_in(parts, one)]
    rest = [one for one in collected if one.category and not _is_in(parts, one)]
    if not rest:  # nothing that it could be held to was read
        return ()
    table = [one for one in brief if one.read_from is not ReadFrom.SENTENCE]
    outside = _without(text, parts)
    return (
        *(SummaryDiffers(SummaryGap.MORE, one, one.item.words) for one in _not_in(brief, rest)),
        *(
            SummaryDiffers(SummaryGap.OMITS, one, one.item.words)
            for one in (_not_in(rest, table) if table else ())
        ),
        *_other_ways(table, rest),
        *_other_scenes(table, outside),
    )


def _under(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences under the first heading that calls itself a summary."""
    found = [
        (sentence, heading)
        for sentence in sentences
        for heading in sentence.headings[-1:]
        if _SUMMARY.search(heading)
    ]
    return [sentence for sentence, one in found if one == found[0][1]]


def _is_in(parts: Sequence[tuple[int, int]], one: CollectedItem) -> bool:
    return any(start <= one.item.start < end for start, end in parts)


def _without(text: str, parts: Sequence[tuple[int, int]]) -> str:
    kept, last = [], 0
    for start, end in parts:
        kept.append(text[last:start])
        last = end
    return "\n".join([*kept, text[last:]])


def _not_in(
    some: Sequence[CollectedItem], others: Sequence[CollectedItem]
) -> tuple[CollectedItem, ...]:
    """Return the first item of each category that none of others has."""
    there = {one.category for one in others}
    found = dict[CategoryId | None, CollectedItem]()
    for one in some:
        if one.category not in there:
            found.setdefault(one.category, one)
    return tuple(found.values())


def _other_ways(
    table: Sequence[CollectedItem], rest: Sequence[CollectedItem]
) -> Iterator[SummaryDiffers]:
    told = dict[CategoryId | None, set[Provider]]()
    for one in rest:
        provider = None if one.method is None else provider_said(one.method.words)
        if provider is not None:
            told.setdefault(one.category, set()).add(provider)
    seen = set[tuple[CategoryId | None, Provider]]()
    for one in table:
        provider = None if one.method is None else provider_said(one.method.words)
        if one.method is None or provider is None or (one.category, provider) in seen:
            continue
        seen.add((one.category, provider))
        if provider not in told.get(one.category, {provider}):
            yield SummaryDiffers(SummaryGap.OTHER_WAY, one, one.method.words)


def _other_scenes(table: Sequence[CollectedItem], outside: str) -> Iterator[SummaryDiffers]:
    seen: set[str] = set()
    for one in table:
        if one.scene is None or one.scene.words in seen:
            continue
        seen.add(one.scene.words)
        parts = [each for each in _PARTS.split(one.scene.words) if len(each) >= _LEAST_SCENE]
        if parts and not any(each in outside for each in parts):
            yield SummaryDiffers(SummaryGap.OTHER_SCENE, one, one.scene.words)
