"""Whether a policy says what it has to: by a model of its sentences, or by words alone.

By words alone only two things are sure enough to be said: that a sentence under a heading of the
topic speaks of it, and that nothing at all does. Everything between is unclear.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from chengnuo.domain.observation.policy import DutySaid, Said, Standing
from chengnuo.engines.policy.blocks import Sentence
from chengnuo.engines.policy.clauses import ClauseModel
from chengnuo.engines.policy.duties import DutyModels
from chengnuo.engines.policy.duty_cues import CUES, TopicCues

MOST_QUOTES = 3

DutiesOf: TypeAlias = Callable[[Sequence[Sentence]], tuple[DutySaid, ...]]
"""From all sentences of a policy to an answer about each duty."""


def duties_by_words(sentences: Sequence[Sentence]) -> tuple[DutySaid, ...]:
    """Return whether a policy speaks of each topic, by its words and headings."""
    return tuple(_by_words(cues, sentences) for cues in CUES)


def _by_words(cues: TopicCues, sentences: Sequence[Sentence]) -> DutySaid:
    worded = [one for one in sentences if cues.words.search(one.text)]
    below = [one for one in worded if _is_below(cues, one)]
    if below:
        standing = Standing.PRESENT
    elif worded or any(_is_below(cues, one) for one in sentences):
        standing = Standing.UNCLEAR
    else:
        standing = Standing.ABSENT
    return DutySaid(
        duty=cues.topic.value, standing=standing, quotes=tuple(quotes_of(below or worded))
    )


def _is_below(cues: TopicCues, sentence: Sentence) -> bool:
    return any(cues.headings.search(heading) for heading in sentence.headings)


def duties_by_model(clauses: ClauseModel, models: DutyModels) -> DutiesOf:
    """Return what tells by models whether a policy speaks of each topic."""

    def duties(sentences: Sequence[Sentence]) -> tuple[DutySaid, ...]:
        if not sentences:
            return duties_by_words(sentences)
        return tuple(
            DutySaid(
                duty=one.topic.value,
                standing=Standing(one.spoken.value),
                quotes=tuple(quotes_of([sentences[at] for at in one.sentences])),
            )
            for one in models.answers(sentences, clauses.scores(sentences))
        )

    return duties


def of_a_part(said: Iterable[DutySaid]) -> Iterator[DutySaid]:
    """Yield answers about a policy that was read in part: what is absent there may stand later."""
    for one in said:
        is_absent = one.standing is Standing.ABSENT
        yield DutySaid(duty=one.duty, standing=Standing.UNCLEAR) if is_absent else one


def quotes_of(sentences: Sequence[Sentence]) -> Iterator[Said]:
    """Yield the first sentences as quotes."""
    for one in sentences[:MOST_QUOTES]:
        yield Said(one.text, one.start, one.end)
