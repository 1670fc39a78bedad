"""The summary of a policy: what stands under a heading that calls itself one."""

import re
from collections.abc import Iterator, Sequence

from chengnuo.domain.observation.policy import PolicyField, PolicyFieldKind, Said
from chengnuo.engines.policy.blocks import Sentence

_SUMMARY = re.compile(
    r"摘要|概要|简明|简要|简版|要点|一览|一图读懂|summary|at a glance|in brief|key points|overview",
    re.IGNORECASE,
)


def summary_of(sentences: Sequence[Sentence]) -> Iterator[PolicyField]:
    """Yield the summary of a policy, if it has one; its value is how many characters it has."""
    found = [
        (sentence, heading)
        for sentence in sentences
        for heading in sentence.headings[-1:]
        if _SUMMARY.search(heading)
    ]
    if not found:
        return
    heading = found[0][1]
    under = [sentence for sentence, one in found if one == heading]
    yield PolicyField(
        kind=PolicyFieldKind.SUMMARY,
        value=str(sum(len(one.text) for one in under)),
        said=Said(under[0].text, under[0].start, under[0].end),
        heading=heading,
    )
