"""Fits the layers of a clause model: sentences and their headings first, their context then."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from training.corpus import COST, FOLDS, TOPICS, Corpus
from training.measuring import best_threshold
from training.solving import Rows, dense, fit

from chengnuo.engines.policy.blocks import Sentence
from chengnuo.engines.policy.clauses import (
    CLASSES,
    LABELLED,
    UNIT,
    Kept,
    LinearClauses,
    Texts,
    headings_text,
    weighted,
)
from chengnuo.engines.policy.context import ONE, context_of, within_reach
from chengnuo.engines.policy.hashing import Grams, Hashing, grams

ROUNDS, CONTEXT_ROUNDS = 8, 12
CONTEXT_COST = 0.02
"""What an error costs in the second layer, beside one in the first."""
HEADINGS = 0.4
"""Length of the headings' vector beside that of the sentence."""
FEWEST = 10
"""A class with fewer sentences is never said."""
MOST, MOST_OF_HEADINGS = 32768, 6144
"""How many buckets are kept: those that the most documents hold, so no document's own words."""
_BYTE, _SHORT = 127, 32767
_C, _K = len(CLASSES), LABELLED

Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A corpus, cut and hashed once."""

    corpus: Corpus
    grams: Grams
    headings: Grams
    hashing: Hashing


@dataclass(frozen=True, slots=True, eq=False)
class FirstScores:
    """What a first layer says of n sentences.

    Attributes:
        alone: float64[n, CLASSES], in ONE parts.
        headed: float64[n, LABELLED], in ONE parts.
        context: int64[n, features], made of `alone`.

    """

    alone: NDArray[np.float64]
    headed: NDArray[np.float64]
    context: NDArray[np.int64]


def prepare(corpus: Corpus, hashing: Hashing) -> Prepared:
    """Cut and hash all texts."""
    sentences = [each for one in corpus.documents for each in one]
    return Prepared(
        corpus=corpus,
        grams=grams([each.text for each in sentences], hashing),
        headings=grams([headings_text(each) for each in sentences], hashing),
        hashing=hashing,
    )


def first_layer(ready: Prepared, used: NDArray[np.bool_]) -> LinearClauses:
    """Fit the scores alone and headed; the context counts for nothing yet.

    Args:
        ready: The texts.
        used: bool[sentences], which are learnt from.

    """
    labels, costs = ready.corpus.labels[used], ready.corpus.costs[used]
    kept, heading_kept = (
        kept_of(found, used, ready.corpus.document, ready.hashing, most)
        for found, most in ((ready.grams, MOST), (ready.headings, MOST_OF_HEADINGS))
    )
    alone = _rows(weighted(ready.grams, len(used), kept), used, len(kept.buckets), 1.0)
    above = _rows(
        weighted(ready.headings, len(used), heading_kept),
        used,
        len(heading_kept.buckets),
        HEADINGS,
    )
    found, bias = _fitted(alone, labels, costs, ROUNDS)
    headed, headed_bias = _fitted(_beside(alone, above), labels[:, :_K], costs[:, :_K], ROUNDS)
    weights, scale = _quantised(np.concatenate([found, headed[: alone.width]], axis=1), _BYTE)
    heading_weights, heading_scale = _quantised(headed[alone.width :] * np.float32(HEADINGS), _BYTE)
    nothing = context_of(np.zeros((1, _K), dtype=np.int64), [Sentence("", 0, 0, (), 0)])
    return LinearClauses(
        hashing=ready.hashing,
        buckets=kept.buckets,
        heading_buckets=heading_kept.buckets,
        rarity=kept.rarity,
        heading_rarity=heading_kept.rarity,
        weights=weights.astype(np.int8),
        heading_weights=heading_weights.astype(np.int8),
        context_weights=np.zeros((nothing.shape[1], _K), dtype=np.int32),
        scale=scale * (ONE / UNIT),
        heading_scale=heading_scale * (ONE / UNIT),
        context_scale=np.ones(_K),
        headed_scale=np.ones(_K),
        bias=np.rint(np.concatenate([bias, headed_bias]).astype(np.float64) * ONE),
        final_bias=np.zeros(_C),
    )


def first_scores(layer: LinearClauses, documents: Sequence[Sequence[Sentence]]) -> FirstScores:
    """Score documents by a first layer."""
    sentences = [each for one in documents for each in one]
    found = layer.alone(sentences)
    parts = np.split(within_reach(found[:, :_K]), np.cumsum([len(one) for one in documents])[:-1])
    context = [context_of(part, one) for part, one in zip(parts, documents, strict=True)]
    return FirstScores(
        alone=found[:, :_C],
        headed=found[:, _C:] + layer.headings(sentences),
        context=np.concatenate(context),
    )


def unseen_scores(ready: Prepared, among: Sequence[int] = range(FOLDS)) -> FirstScores:
    """Score each sentence of these folds by a layer that saw the other ones of them only.

    Returns:
        By row of the corpus; rows of other folds are 0.

    """
    corpus = ready.corpus
    found: dict[int, FirstScores] = {}
    for fold in among:
        used = np.isin(corpus.fold, among) & (corpus.fold != fold)
        found[fold] = first_scores(first_layer(ready, used), corpus.of_fold(fold))
    return FirstScores(
        alone=_by_fold(corpus.fold, {fold: each.alone for fold, each in found.items()}),
        headed=_by_fold(corpus.fold, {fold: each.headed for fold, each in found.items()}),
        context=_by_fold(corpus.fold, {fold: each.context for fold, each in found.items()}),
    )


def second_layer(
    layer: LinearClauses, corpus: Corpus, unseen: FirstScores, used: NDArray[np.bool_]
) -> LinearClauses:
    """Add the context to a first layer, and thresholds.

    Args:
        layer: The first layer.
        corpus: What the rows are.
        unseen: What layers said that had not seen the sentences.
        used: bool[sentences], which are learnt from.

    """
    labels, costs = corpus.labels[used], corpus.costs[used] * np.float32(CONTEXT_COST / COST)
    rows = dense((unseen.context[used] / ONE).astype(np.float32))
    found, _ = _fitted(rows, labels[:, :_K], costs[:, :_K], CONTEXT_ROUNDS)
    weights, scale = _quantised(found, _SHORT)
    context = unseen.context[used] @ weights * (scale / ONE)
    headed = unseen.headed[used] / ONE
    context_share, headed_share = _evened(context), _evened(headed)
    both = context * context_share + headed * headed_share
    final = np.concatenate([both, unseen.alone[used][:, _K:] / ONE], axis=1)
    told = corpus.told[used]
    bias = np.zeros(_C)
    for at in range(_C):
        asked = told if at < TOPICS else costs[:, at] > 0
        asked = asked & (corpus.costs[used][:, at] > 0)
        due = labels[:, at]
        if int((due & asked).sum()) < FEWEST:
            bias[at] = -1.0 - max(float(final[:, at].max()), 0.0)
        else:
            bias[at] = -best_threshold(final[asked, at], due[asked])
    return replace(
        layer,
        context_weights=weights.astype(np.int32),
        context_scale=context_share * scale / ONE,
        headed_scale=headed_share / ONE,
        final_bias=bias,
    )


def second_scores(model: LinearClauses, first: FirstScores) -> NDArray[np.float64]:
    """Return float64[n, CLASSES]: what a whole model says, given the first scores."""
    return model.together(first.alone, first.headed, first.context)


def _by_fold(fold: NDArray[np.int64], parts: dict[int, NDArray[Number]]) -> NDArray[Number]:
    some = next(iter(parts.values()))
    rows = np.zeros((len(fold), some.shape[1]), dtype=some.dtype)
    for at, part in parts.items():
        rows[fold == at] = part
    return rows


def kept_of(
    found: Grams,
    used: NDArray[np.bool_],
    document: NDArray[np.int64],
    how: Hashing,
    most: int,
) -> Kept:
    """Return the buckets that count, those of the most documents, and how much each does.

    Args:
        found: The buckets of the sentences.
        used: bool[sentences], which are learnt from.
        document: int64[sentences], index of the document.
        how: How they are numbered.
        most: How many are kept at most.

    """
    mine = used[found.text]
    bucket, text = found.bucket[mine], found.text[mine]
    documents = int(document.max()) + 1
    spread = np.bincount(
        np.unique(bucket * documents + document[text]) // documents, minlength=1 << how.bits
    )
    widest = np.argsort(-spread, kind="stable")[:most]
    buckets = np.sort(widest[spread[widest] > 1])
    seen = np.bincount(bucket, minlength=1 << how.bits)[buckets]
    parts = np.rint(16 * (1 + np.log((1 + int(used.sum())) / (1 + seen))))
    return Kept(buckets.astype(np.uint32), parts.astype(np.uint8))


def _fitted(
    rows: Rows, is_so: NDArray[np.bool_], cost: NDArray[np.float32], rounds: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Fit the classes that there are sentences of; the others are never said."""
    enough = (is_so & (cost > 0)).sum(axis=0) >= FEWEST
    weights, bias = fit(rows, is_so, np.where(enough, cost, np.float32(0)), rounds)
    return weights, np.where(enough, bias, np.float32(-1))


def _rows(texts: Texts, used: NDArray[np.bool_], width: int, factor: float) -> Rows:
    lengths = np.diff(texts.starts)
    kept = np.repeat(used, lengths)
    starts = np.zeros(int(used.sum()) + 1, dtype=np.int64)
    np.cumsum(lengths[used], out=starts[1:])
    value = texts.value[kept].astype(np.float32) * np.float32(factor / UNIT)
    return Rows(starts, texts.bucket[kept], value, width)


def _beside(left: Rows, right: Rows) -> Rows:
    """Return rows with the columns of both."""
    lengths = np.stack([np.diff(left.starts), np.diff(right.starts)])
    starts = np.zeros(len(left.starts), dtype=np.int64)
    np.cumsum(lengths.sum(axis=0), out=starts[1:])
    is_left = np.repeat(np.tile([True, False], len(left.starts) - 1), lengths.T.ravel())
    column = np.empty(len(is_left), dtype=np.int64)
    value = np.empty(len(is_left), dtype=np.float32)
    column[is_left], column[~is_left] = left.column, right.column + left.width
    value[is_left], value[~is_left] = left.value, right.value
    return Rows(starts, column, value, left.width + right.width)


def _quantised(
    found: NDArray[np.float32], largest: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return whole numbers, int64[rows, columns], and what 1 of each column is worth."""
    weights = found.astype(np.float64)
    top = np.abs(weights).max(axis=0)
    scale = np.where(top > 0, top, 1.0) / largest
    return np.rint(weights / scale).astype(np.int64), scale


def _evened(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return by what the scores of each column are made to spread alike; coarse, so exact."""
    spread = np.sqrt(np.mean(np.square(scores - scores.mean(axis=0)), axis=0))
    shares: NDArray[np.float64] = np.rint(64 / np.maximum(spread, 1 / 64)) / 64
    return shares
