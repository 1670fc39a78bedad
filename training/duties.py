"""Fits the models that say of a whole policy what it speaks of and what is missing.

Few policies of the corpora lack anything, so they are made to: from each document, parts are left
out. Without one topic: its sentences, the sections that mostly speak of it. And random sections,
as in short and poor policies. All scores are of models that had not seen the document, and the
figures are of clusters of documents that took no part in the fitting.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray
from training.corpus import FOLDS, Corpus
from training.fitting import FirstScores
from training.measuring import best_cut, macro_of_two
from training.solving import dense, fit

from chengnuo.engines.policy.blocks import Sentence
from chengnuo.engines.policy.clauses import CLASSES, LABELLED, LinearClauses
from chengnuo.engines.policy.context import context_of, within_reach
from chengnuo.engines.policy.duties import (
    FEWEST_SENTENCES,
    DutyModel,
    features_of,
    may_be_absent,
    words_in,
)
from chengnuo.engines.policy.duty_cues import CUES, TopicCues
from chengnuo.engines.policy.topics import Topic

SURE = 0.9
"""How often an asserted answer is right among documents that were not learnt from, at least."""
RIGHT = 0.85
"""A topic is never called absent if, by the marks of other folds, this is right less often."""
SHORT_DOCUMENTS = 8
"""How many documents of random sections are made of each."""
STRAY = {
    Topic.HANDLER,
    Topic.PURPOSES,
    Topic.RETENTION,
    Topic.RIGHTS,
    Topic.SHARING,
    Topic.SECURITY,
    Topic.CHANGE,
}
"""Topics of whose labels single ones stand on sentences that are about something else."""
_MOSTLY = 0.4
_FEW = 3
_DOUBT = 5
_COST, _ROUNDS = 0.05, 60
_NEVER = 1e6


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """Documents made of a corpus.

    Attributes:
        features: float64[documents, topics, features].
        present: bool[documents, topics].
        known: bool[documents, topics]: not where one stray sentence alone has the label.
        may_lack: bool[documents, topics]: where "absent" may be said at all.
        fold: int64[documents].

    """

    features: NDArray[np.float64]
    present: NDArray[np.bool_]
    known: NDArray[np.bool_]
    may_lack: NDArray[np.bool_]
    fold: NDArray[np.int64]


def made(corpus: Corpus, model: LinearClauses, unseen: FirstScores) -> Made:
    """Make documents that lack something.

    Args:
        corpus: The documents.
        model: With a second layer.
        unseen: The first scores of layers that had not seen the sentences.

    """
    features, counts, lacks, folds = [], [], [], []
    starts = np.searchsorted(corpus.document, np.arange(len(corpus.documents)))
    for at, sentences in enumerate(corpus.documents):
        start = int(starts[at])
        if start >= corpus.read:
            break
        rows = np.arange(start, start + len(sentences))
        worded = words_in(sentences)
        spoken = np.stack([_speaks(cues, corpus.labels[rows]) for cues in CUES])
        for kept in _variants(sentences, spoken, Random(at)):
            left = [sentences[each] for each in np.flatnonzero(kept).tolist()]
            mine = rows[kept]
            context = context_of(within_reach(unseen.alone[mine, :LABELLED]), left)
            scores = model.together(unseen.alone[mine], unseen.headed[mine], context)
            mine_worded = worded.of(kept)
            features.append(features_of(left, scores.astype(np.float32), mine_worded))
            counts.append(spoken[:, kept].sum(axis=1))
            lacks.append(may_be_absent(mine_worded) & (len(left) >= FEWEST_SENTENCES))
            folds.append(int(corpus.fold[start]))
    count = np.stack(counts)
    stray = np.array([cues.topic in STRAY for cues in CUES])
    return Made(
        features=np.stack(features),
        present=count > 0,
        known=(count != 1) | ~stray,
        may_lack=np.stack(lacks),
        fold=np.array(folds, dtype=np.int64),
    )


def fitted(documents: Made) -> tuple[DutyModel, dict[str, dict[str, float]]]:
    """Return the model of all documents, and the figures of unseen ones by topic."""
    margins = np.zeros(documents.present.shape)
    everything = np.ones(len(margins), dtype=np.bool_)
    for fold in range(FOLDS):
        mine = documents.fold == fold
        margins[mine] = _margins(_weights(documents, ~mine), documents.features[mine])
    whole = _weights(documents, everything)
    marks = np.array([_marks(*_of(documents, margins, everything, at)) for at in range(len(CUES))])
    figures: dict[str, dict[str, float]] = {}
    for at, cues in enumerate(CUES):
        found = _figures(documents, margins, at)
        if found["absent precision"] < RIGHT:
            documents.may_lack[:, at] = False
            marks[at, 0] = -_NEVER
            found = _figures(documents, margins, at)
        figures[cues.topic.value] = found
    return DutyModel(whole.weights, whole.bias, marks), figures


def _of(
    documents: Made, margins: NDArray[np.float64], rows: NDArray[np.bool_], topic: int
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return margins and answers of a topic, where they are known."""
    used = rows & documents.known[:, topic]
    return margins[used, topic], documents.present[used, topic]


def _speaks(cues: TopicCues, labels: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return bool[sentences]: which of them speak of a topic, as labelled."""
    columns = [CLASSES.index(each) for each in cues.classes]
    of_class: NDArray[np.bool_] = np.asarray(labels[:, columns].any(axis=1))
    return of_class


def _variants(
    sentences: tuple[Sentence, ...], spoken: NDArray[np.bool_], random: Random
) -> Iterator[NDArray[np.bool_]]:
    """Yield bool[sentences], the parts of a document that are kept."""
    numbers: dict[tuple[str, ...], int] = {}
    section = np.array([numbers.setdefault(each.headings, len(numbers)) for each in sentences])
    sizes = np.bincount(section)
    yield np.ones(len(sentences), dtype=np.bool_)
    for mine in spoken:
        mostly = np.bincount(section, weights=mine) / sizes >= _MOSTLY
        kept = ~(mine | mostly[section])
        if kept.any():
            yield kept
            places = np.flatnonzero(mine)
            first = random.randrange(max(len(places) - _FEW, 0) + 1)
            few = kept.copy()  # as the policies that give a topic two or three sentences
            few[places[first : first + _FEW]] = True
            yield few
    for _ in range(SHORT_DOCUMENTS):
        share = random.choice((0.1, 0.2, 0.4))
        chosen = np.array([random.random() < share for _ in sizes])
        if len(sizes) < 8:
            block = np.arange(len(sentences)) // 12
            kept = np.array([random.random() < share for _ in range(int(block[-1]) + 1)])[block]
        else:
            kept = chosen[section]
        if kept.any():
            yield kept


def _weights(documents: Made, used: NDArray[np.bool_]) -> DutyModel:
    weights = np.zeros(documents.features.shape[1:])
    bias = np.zeros(len(CUES))
    for at in range(len(CUES)):
        asked = used & documents.known[:, at]
        due = documents.present[asked, at]
        share = float(due.mean())
        if not 0 < share < 1:
            continue
        cost = _COST * np.where(due, 0.5 / share, 0.5 / (1 - share))
        features = documents.features[asked, at].astype(np.float32)
        weights[at], bias[at] = _speaking_for(features, due, cost.astype(np.float32))
    return DutyModel(weights, bias, np.zeros((len(CUES), 2)))


def _speaking_for(
    features: NDArray[np.float32], due: NDArray[np.bool_], cost: NDArray[np.float32]
) -> tuple[NDArray[np.float64], float]:
    """Return weights and bias, in parts of 1024, of what speaks for a topic.

    What would speak against it is left out, and the rest fitted again: that more of a topic makes
    it absent holds of some corpus only.
    """
    left = np.ones(features.shape[1], dtype=np.bool_)
    while True:
        found, start = fit(dense(features * left), due[:, None], cost[:, None], _ROUNDS)
        against = left & (found[:, 0] < 0)
        if not against.any():
            return np.rint(found[:, 0] * left * 1024) / 1024, round(float(start[0]) * 1024) / 1024
        left &= ~against


def _margins(model: DutyModel, features: NDArray[np.float64]) -> NDArray[np.float64]:
    margins: NDArray[np.float64] = (features * model.weights).sum(axis=2) + model.bias
    return margins


def _marks(margins: NDArray[np.float64], present: NDArray[np.bool_]) -> tuple[float, float]:
    """Return up to where "absent" and from where "present" is right as often as SURE.

    Where both would be, the answer goes by the threshold of the best mean of F1.
    """
    low, high = -_mark(-margins, ~present), _mark(margins, present)
    if low < high:
        return low, high
    cut = min(max(best_cut(margins, present), high), low)
    return cut, float(np.nextafter(cut, np.inf))


def _mark(margins: NDArray[np.float64], due: NDArray[np.bool_]) -> float:
    """Return from which margin on those that are due are SURE of all that are asserted.

    Some wrong ones are added, so that a few right answers at the very end do not tell.
    """
    order = np.argsort(-margins, kind="stable")
    right = np.cumsum(due[order]) / (np.arange(1, len(order) + 1) + _DOUBT)
    enough = np.flatnonzero(right >= SURE)
    return round(float(margins[order[enough[-1]]]), 4) if len(enough) else _NEVER


def _figures(documents: Made, margins: NDArray[np.float64], topic: int) -> dict[str, float]:
    """Return the figures of a topic; the marks of a fold are those of the other folds."""
    parts: list[NDArray[np.bool_]] = []
    for fold in range(FOLDS):
        mine = documents.fold == fold
        others = _of(documents, margins, ~mine, topic)
        low, high = _marks(*others)
        found, due = _of(documents, margins, mine, topic)
        used = mine & documents.known[:, topic]
        absent = (found <= low) & documents.may_lack[used, topic]
        parts.append(np.stack([found > best_cut(*others), absent, found >= high, due]))
    forced, absent, told, present = np.concatenate(parts, axis=1)
    figures = {
        "macro-F": macro_of_two(forced, present),
        "absent precision": float((~present)[absent].mean()) if absent.any() else 1.0,
        "absent recall": float(absent[~present].mean()),
        "present precision": float(present[told].mean()) if told.any() else 1.0,
        "present recall": float(told[present].mean()),
        "unclear": float((~absent & ~told).mean()),
        "lacking": float((~present).mean()),
    }
    return {key: round(value, 4) for key, value in figures.items()}
