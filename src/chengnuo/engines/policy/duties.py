"""Whether a policy speaks of what it must, of the whole document.

For each topic the scores of its clause classes (the best sentences, paragraph and section) and
the words that it is usually told with are put together by a linear model. Between the mark from
which "present" is right often enough and the one up to which "absent" is, nothing is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.policy.blocks import Sentence
from chengnuo.engines.policy.clauses import CLASSES, ClauseWeightsError, arrays_of, is_chinese
from chengnuo.engines.policy.duty_cues import CUES, Topic, TopicCues

MOST_QUOTES = 3
_NEVER = -4.0
_CLIP = 4.0
_BEST = (0, 1, 3, 7)
_COUNTS = (1, 3, 8)


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
        return tuple(
            self._answer(at, margin, worded[at], scores)
            for at, margin in enumerate(margins.tolist())
        )

    def _answer(
        self,
        at: int,
        margin: float,
        worded: NDArray[np.bool_],
        scores: NDArray[np.float32],
    ) -> TopicAnswer:
        cues = CUES[at]
        absent_to, present_from = self.marks[at].tolist()
        if margin <= absent_to:
            return TopicAnswer(cues.topic, Spoken.ABSENT, margin, ())
        spoken = Spoken.PRESENT if margin >= present_from else Spoken.UNCLEAR
        return TopicAnswer(cues.topic, spoken, margin, _quotes(cues, worded, scores))


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


def words_in(sentences: Sequence[Sentence]) -> NDArray[np.bool_]:
    """Return bool[topics, n]: which sentences hold words that a topic is usually told with."""
    return np.array(
        [[cues.words.search(each.text) is not None for each in sentences] for cues in CUES],
        dtype=np.bool_,
    )


def features_of(
    sentences: Sequence[Sentence], scores: NDArray[np.float32], worded: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return float64[topics, features]: what speaks for each topic in a document.

    Args:
        sentences: The n sentences.
        scores: float32[n, classes] of them.
        worded: bool[topics, n], `words_in` of them.

    """
    blocks = _numbered([each.block for each in sentences])
    sections = _numbered([each.headings for each in sentences])
    headings = {heading for each in sentences for heading in each.headings}
    rows: list[list[float]] = []
    for cues, words in zip(CUES, worded, strict=True):
        mine = topic_scores(cues, scores)
        ordered = np.sort(mine)[::-1]
        hits, said = int(words.sum()), int((mine > 0).sum())
        rows.append(
            [
                *(float(ordered[at]) if at < len(ordered) else _NEVER for at in _BEST),
                _best_mean(mine, blocks),
                _best_mean(mine, sections),
                float(mine[words].max(initial=_NEVER)),
                *(2.0 * (hits >= least) for least in _COUNTS),
                2.0 * any(cues.headings.search(each) for each in headings),
                *(2.0 * (said >= least) for least in _COUNTS),
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
