"""Whether a policy speaks of what it must, of the whole document.

For each topic the scores of its clause classes (the best sentences, paragraph and section) and
the words that it is usually told with are put together by a linear model in which nothing speaks
against a topic. Between the mark from which "present" is right often enough and the one up to
which "absent" is, nothing is said; nor is a topic called absent from a text of a few sentences, or
where a sentence tells it in a form that settles it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.policy.blocks import Sentence
from chengnuo.engines.policy.clauses import CLASSES, ClauseWeightsError, arrays_of, is_chinese
from chengnuo.engines.policy.duty_cues import CUES, TopicCues
from chengnuo.engines.policy.topics import Topic

MOST_QUOTES = 3
_NEVER = -4.0
_CLIP = 4.0
_BEST = (0, 1, 3, 7)
_COUNTS = (1, 3, 8)
_PLAIN_COUNTS = (1, 2, 4)
_MOST_PLAIN = 16
FEWEST_SENTENCES = 12
"""Of a text of fewer sentences nothing is called absent: it is a part of a policy at best."""


class Spoken(StrEnum):
    """Whether a policy speaks of a topic."""

    PRESENT = "present"
    ABSENT = "absent"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class TopicAnswer:
    """The answer about one topic.

    Attributes:
        topic: The topic.
        spoken: The answer.
        score: How clear it is; the higher, the surer that it is spoken of.
        sentences: Indices of the sentences that say so, the best first; with "unclear" those
            that come nearest, with "absent" none.

    """

    topic: Topic
    spoken: Spoken
    score: float
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class DutyModel:
    """The weights of one language.

    Attributes:
        weights: float64[topics, features], by `CUES`.
        bias: float64[topics].
        marks: float64[topics, 2]: up to the first it is absent, from the second on present.

    """

    weights: NDArray[np.float64]
    bias: NDArray[np.float64]
    marks: NDArray[np.float64]

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Read weights from the bytes of their .npz file; nothing in it is run.

        Raises:
            ClauseWeightsError: They are not of this form.

        """
        arrays = arrays_of(data)
        try:
            model = cls(arrays["weights"], arrays["bias"], arrays["marks"])
        except KeyError as error:
            raise ClauseWeightsError(str(error)) from error
        if model.weights.shape[:1] + model.marks.shape != (len(CUES), len(CUES), 2):
            raise ClauseWeightsError(str(model.weights.shape))
        return model

    def answers(
        self, sentences: Sequence[Sentence], scores: NDArray[np.float32]
    ) -> tuple[TopicAnswer, ...]:
        """Return an answer about each topic.

        Args:
            sentences: All n sentences of the document.
            scores: float32[n, classes], `ClauseModel.scores` of them.

        """
        worded = words_in(sentences)
        found = features_of(sentences, scores, worded)
        margins = (found * self.weights).sum(axis=1) + self.bias
        may_lack = may_be_absent(worded) & (len(sentences) >= FEWEST_SENTENCES)
        answers = []
        for at, (cues, margin) in enumerate(zip(CUES, margins.tolist(), strict=True)):
            absent_to, present_from = self.marks[at].tolist()
            if margin <= absent_to and may_lack[at]:
                answers.append(TopicAnswer(cues.topic, Spoken.ABSENT, margin, ()))
                continue
            spoken = Spoken.PRESENT if margin >= present_from else Spoken.UNCLEAR
            quotes = _quotes(cues, worded.words[at], scores)
            answers.append(TopicAnswer(cues.topic, spoken, margin, quotes))
        return tuple(answers)


@dataclass(frozen=True, slots=True, eq=False)
class DutyModels:
    """Both languages.

    Attributes:
        chinese: Weights for documents that are mostly Chinese.
        english: Weights for others.

    """

    chinese: DutyModel
    english: DutyModel

    @classmethod
    def read(cls, *, chinese: bytes, english: bytes) -> Self:
        """Read both .npz files.

        Raises:
            ClauseWeightsError: One is not of the form that this version reads.

        """
        return cls(DutyModel.read(chinese), DutyModel.read(english))

    def answers(
        self, sentences: Sequence[Sentence], scores: NDArray[np.float32]
    ) -> tuple[TopicAnswer, ...]:
        """Return an answer about each topic; see `DutyModel.answers`."""
        model = (
            self.chinese if is_chinese("".join(each.text for each in sentences)) else self.english
        )
        return model.answers(sentences, scores)


@dataclass(frozen=True, slots=True, eq=False)
class Worded:
    """Which sentences hold the words of which topics.

    Attributes:
        words: bool[topics, n], words that a topic is usually told with.
        plain: bool[topics, n], forms that hardly say anything else.

    """

    words: NDArray[np.bool_]
    plain: NDArray[np.bool_]

    def of(self, kept: NDArray[np.bool_]) -> "Worded":
        """Return this of some sentences only, bool[n]."""
        return Worded(self.words[:, kept], self.plain[:, kept])


def words_in(sentences: Sequence[Sentence]) -> Worded:
    """Tell which sentences hold the words of which topics."""
    texts = [each.text for each in sentences]
    small = [text.lower() for text in texts]
    words = [_found(cues.words, texts) for cues in CUES]
    plain = [
        row if cues.plain is None else _found(cues.plain, small)
        for cues, row in zip(CUES, words, strict=True)
    ]
    return Worded(np.array(words, dtype=np.bool_), np.array(plain, dtype=np.bool_))


def _found(form: re.Pattern[str], texts: Sequence[str]) -> list[bool]:
    return [form.search(text) is not None for text in texts]


def may_be_absent(worded: Worded) -> NDArray[np.bool_]:
    """Return bool[topics]: of which topics no sentence settles that they are spoken of."""
    by_form = np.array([cues.plain_settles for cues in CUES]) & worded.plain.any(axis=1)
    by_word = np.array([cues.words_settle for cues in CUES]) & worded.words.any(axis=1)
    found: NDArray[np.bool_] = ~(by_form | by_word)
    return found


def features_of(
    sentences: Sequence[Sentence], scores: NDArray[np.float32], worded: Worded
) -> NDArray[np.float64]:
    """Return float64[topics, features]: what speaks for each topic in a document.

    Args:
        sentences: The n sentences.
        scores: float32[n, classes] of them.
        worded: `words_in` of them.

    """
    blocks = _numbered([each.block for each in sentences])
    sections = _numbered([each.headings for each in sentences])
    headings = {heading for each in sentences for heading in each.headings}
    rows: list[list[float]] = []
    for cues, words, plain in zip(CUES, worded.words, worded.plain, strict=True):
        mine = topic_scores(cues, scores)
        ordered = np.sort(mine)[::-1]
        hits, said, told = int(words.sum()), int((mine > 0).sum()), int(plain.sum())
        rows.append(
            [
                *(float(ordered[at]) if at < len(ordered) else _NEVER for at in _BEST),
                _best_mean(mine, blocks),
                _best_mean(mine, sections),
                float(mine[words].max(initial=_NEVER)),
                *(2.0 * (hits >= least) for least in _COUNTS),
                2.0 * any(cues.headings.search(each) for each in headings),
                *(2.0 * (said >= least) for least in _COUNTS),
                *(2.0 * (told >= least) for least in _PLAIN_COUNTS),
                min(told, _MOST_PLAIN) / 8,
            ]
        )
    return np.array(rows)


def topic_scores(cues: TopicCues, scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return float64[n]: how much each sentence speaks of a topic, within -4 to 4."""
    columns = [CLASSES.index(each) for each in cues.classes]
    best = scores[:, columns].max(axis=1, initial=_NEVER)
    clipped: NDArray[np.float64] = np.clip(best.astype(np.float64), -_CLIP, _CLIP)
    return clipped


def _best_mean(mine: NDArray[np.float64], group: NDArray[np.int64]) -> float:
    if not len(mine):
        return _NEVER
    return float((np.bincount(group, weights=mine) / np.bincount(group)).max())


def _numbered(keys: Sequence[object]) -> NDArray[np.int64]:
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)


def _quotes(
    cues: TopicCues, worded: NDArray[np.bool_], scores: NDArray[np.float32]
) -> tuple[int, ...]:
    """Return the sentences that speak most of a topic; its words count beside the score."""
    rank = topic_scores(cues, scores) + worded
    best = np.argsort(-rank, kind="stable")[:MOST_QUOTES].tolist()
    return tuple(at for at in best if rank[at] > 0) or tuple(best[:1])
