"""What each sentence of a policy speaks of: linear models over hashed runs of signs.

Three scores are put together for the classes that whole documents are labelled with:

* *alone*: the sentence by itself;
* *headed*: the sentence with the headings above it;
* *context*: what the sentences around it, of its section and it itself score alone, with where it
  stands and how it ends.

Classes known only from written examples are scored alone. All sums are of whole numbers, so a
score is the same on every machine. A class is said of a sentence where its score is over 0: the
thresholds are part of the weights. How the weights come about: `training/clauses.py`.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any, Self
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from chengnuo.engines.policy.blocks import Sentence
from chengnuo.engines.policy.context import ONE, context_of, within_reach
from chengnuo.engines.policy.hashing import Grams, Hashing, grams

UNIT = 4096
"""Length of the vector of a text's weighted buckets."""
_COUNTED = 255
_TIMES = np.array(
    [0, *(round(16 * (1 + float(np.log(count)))) for count in range(1, _COUNTED + 1))],
    dtype=np.int64,
)


class ClauseClass(StrEnum):
    """What a sentence speaks of; one taxonomy for Chinese and English."""

    COLLECTION = "collection"
    PERMISSION = "permission"
    SHARING = "sharing"
    USE = "use"
    STORAGE = "storage"
    SECURITY = "security"
    SPECIAL_GROUPS = "special-groups"
    RIGHTS = "rights"
    CONTACT = "contact"
    CHANGE = "change"
    CESSATION = "cessation"
    IMPORTANT = "important"
    RISK = "risk"
    CROSS_BORDER = "cross-border"
    LEGAL_BASIS = "legal-basis"
    AUTOMATED_DECISION = "automated-decision"
    SDK_LIST = "sdk-list"
    UNDER_14 = "under-14"
    DECEASED = "deceased"
    PORTABILITY = "portability"
    COMPLAINT = "complaint"
    WITHDRAWAL = "withdrawal"


CLASSES = tuple(ClauseClass)
"""The classes by column of the scores."""
LABELLED = CLASSES.index(ClauseClass.CROSS_BORDER)
"""How many of the first columns whole documents are labelled with; the others have examples."""


class ClauseWeightsError(ValueError):
    """The weights are not of the form that this version reads."""


def arrays_of(data: bytes) -> dict[str, NDArray[Any]]:
    """Return the arrays of an .npz file; nothing in it is run.

    Raises:
        ClauseWeightsError: It is none.

    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (ValueError, TypeError, KeyError, OSError, EOFError, BadZipFile) as error:
        raise ClauseWeightsError(str(error)) from error


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """The buckets that count; all others are passed over.

    Attributes:
        buckets: uint32[kept], rising; one at least.
        rarity: uint8[kept], how much each counts.

    """

    buckets: NDArray[np.uint32]
    rarity: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts as weighted buckets; entries by text.

    Attributes:
        starts: int64[n + 1], where the entries of each text begin.
        bucket: int64[entries], index among those that are kept.
        value: int64[entries]; the squares of a text's values add up to about UNIT squared.

    """

    starts: NDArray[np.int64]
    bucket: NDArray[np.int64]
    value: NDArray[np.int64]


def weighted(found: Grams, texts: int, kept: Kept) -> Texts:
    """Weigh the kept buckets of texts by how rare they are; whole numbers, so the same anywhere."""
    place = np.searchsorted(kept.buckets, found.bucket.astype(np.uint32))
    place = np.minimum(place, len(kept.buckets) - 1)
    is_kept = kept.buckets[place] == found.bucket
    text, place = found.text[is_kept], place[is_kept]
    raw = _TIMES[np.minimum(found.count[is_kept], _COUNTED)] * kept.rarity[place]
    squares = np.bincount(text, weights=(raw * raw).astype(np.float64), minlength=texts)
    length = np.sqrt(np.maximum(squares, 1.0))
    value = np.rint(raw * UNIT / length[text]).astype(np.int64)
    starts = np.zeros(texts + 1, dtype=np.int64)
    np.cumsum(np.bincount(text, minlength=texts), out=starts[1:])
    return Texts(starts, place, value)


def summed(texts: Texts, weights: NDArray[np.int8]) -> NDArray[np.int64]:
    """Return int64[texts, columns]: for each text the sum of value times weight."""
    sums = np.zeros((len(texts.starts) - 1, weights.shape[1]), dtype=np.int64)
    filled = np.flatnonzero(np.diff(texts.starts))
    if len(filled):
        products = weights[texts.bucket] * texts.value.astype(np.int32)[:, None]
        sums[filled] = np.add.reduceat(products, texts.starts[filled], axis=0, dtype=np.int64)
    return sums


def headings_text(sentence: Sentence) -> str:
    """Return the headings above a sentence as one text."""
    return " ".join(sentence.headings)


@dataclass(frozen=True, slots=True, eq=False)
class LinearClauses:
    """The weights of one language.

    With K = LABELLED and E the other classes:

    Attributes:
        hashing: How sentences and headings are hashed.
        buckets: uint32[kept], rising: the buckets of sentences that count.
        heading_buckets: uint32[kept of headings].
        rarity: uint8[kept], how much a bucket counts.
        heading_rarity: uint8[kept of headings].
        weights: int8[kept, K + E + K]: alone, then headed.
        heading_weights: int8[kept of headings, K].
        context_weights: int32[features, K].
        scale: float64[K + E + K], what one of `weights` is in ONE * UNIT parts of a score.
        heading_scale: float64[K].
        context_scale: float64[K], what one of `context_weights` is in the final score.
        headed_scale: float64[K], how much a headed score counts in the final score.
        bias: float64[K + E + K], in ONE parts, added to scores alone and headed.
        final_bias: float64[K + E]: what is added last, the threshold among it.

    """

    hashing: Hashing
    buckets: NDArray[np.uint32]
    heading_buckets: NDArray[np.uint32]
    rarity: NDArray[np.uint8]
    heading_rarity: NDArray[np.uint8]
    weights: NDArray[np.int8]
    heading_weights: NDArray[np.int8]
    context_weights: NDArray[np.int32]
    scale: NDArray[np.float64]
    heading_scale: NDArray[np.float64]
    context_scale: NDArray[np.float64]
    headed_scale: NDArray[np.float64]
    bias: NDArray[np.float64]
    final_bias: NDArray[np.float64]

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Read weights from the bytes of their .npz file; nothing in it is run.

        Raises:
            ClauseWeightsError: They are not of this form.

        """
        arrays = arrays_of(data)
        try:
            bits, longest, words = map(int, arrays.pop("hashing"))
            model = cls(hashing=Hashing(bits, longest, bool(words)), **arrays)
        except (ValueError, TypeError, KeyError) as error:
            raise ClauseWeightsError(str(error)) from error
        columns = LABELLED + len(CLASSES)
        if (
            model.weights.shape != (*model.buckets.shape, columns)
            or model.heading_weights.shape != (*model.heading_buckets.shape, LABELLED)
            or model.context_weights.shape[1:] != (LABELLED,)
        ):
            raise ClauseWeightsError(str(model.weights.shape))
        return model

    def alone(self, sentences: Sequence[Sentence]) -> NDArray[np.float64]:
        """Return float64[n, K + E + K], in ONE parts: alone, then headed without its headings."""
        found = grams([each.text for each in sentences], self.hashing)
        texts = weighted(found, len(sentences), Kept(self.buckets, self.rarity))
        return summed(texts, self.weights) * self.scale + self.bias

    def headings(self, sentences: Sequence[Sentence]) -> NDArray[np.float64]:
        """Return float64[n, K], in ONE parts: what its headings add to a sentence."""
        paths = [headings_text(each) for each in sentences]
        places = {path: at for at, path in enumerate(dict.fromkeys(paths))}
        found = grams(tuple(places), self.hashing)
        texts = weighted(found, len(places), Kept(self.heading_buckets, self.heading_rarity))
        sums = summed(texts, self.heading_weights) * self.heading_scale
        return sums[[places[path] for path in paths]]

    def scores(self, sentences: Sequence[Sentence]) -> NDArray[np.float32]:
        """Return float32[n, classes]; over 0 is yes. The sentences are one document's, in order."""
        if not sentences:
            return np.zeros((0, len(CLASSES)), dtype=np.float32)
        first = self.alone(sentences)
        headed = first[:, len(CLASSES) :] + self.headings(sentences)
        context = context_of(within_reach(first[:, :LABELLED]), sentences)
        return self.together(first[:, : len(CLASSES)], headed, context).astype(np.float32)

    def together(
        self, alone: NDArray[np.float64], headed: NDArray[np.float64], context: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Return float64[n, classes] of the three scores, each in ONE parts."""
        around = (context @ self.context_weights.astype(np.int64)) * self.context_scale
        both = around + headed * self.headed_scale
        rest = alone[:, LABELLED:] / ONE
        together: NDArray[np.float64] = np.concatenate([both, rest], axis=1) + self.final_bias
        return together


def is_chinese(text: str) -> bool:
    """Tell whether a text is scored as Chinese: one sign in ten, at least, is a Chinese one.

    >>> is_chinese("我们使用 Bugly SDK"), is_chinese("We share data (信息) with our partners.")
    (True, False)

    """
    chinese = sum("\u4e00" <= sign <= "\u9fff" for sign in text)
    return chinese * 10 > sum(not sign.isspace() for sign in text)


@dataclass(frozen=True, slots=True, eq=False)
class ClauseModel:
    """Both languages.

    Attributes:
        chinese: Weights for Chinese.
        english: Weights for anything else.

    """

    chinese: LinearClauses
    english: LinearClauses

    @classmethod
    def read(cls, *, chinese: bytes, english: bytes) -> Self:
        """Read both .npz files.

        Raises:
            ClauseWeightsError: One is not of the form that this version reads.

        """
        return cls(LinearClauses.read(chinese), LinearClauses.read(english))

    def scores(self, sentences: Sequence[Sentence]) -> NDArray[np.float32]:
        """Return float32[n, classes] by `CLASSES`; over 0 means that the sentence is of the class.

        Args:
            sentences: Those of one document, in order. The language is that of the block.

        """
        result = np.zeros((len(sentences), len(CLASSES)), dtype=np.float32)
        languages = np.array(_languages(sentences), dtype=bool)
        for model, mine in ((self.chinese, languages), (self.english, ~languages)):
            places = np.flatnonzero(mine)
            if len(places):
                result[places] = model.scores([sentences[at] for at in places.tolist()])
        return result


def _languages(sentences: Sequence[Sentence]) -> list[bool]:
    """Tell for each sentence whether its block is Chinese."""
    edges = [
        at for at, each in enumerate(sentences) if not at or each.block != sentences[at - 1].block
    ]
    chinese: list[bool] = []
    for first, end in pairwise([*edges, len(sentences)]):
        text = "".join(each.text for each in sentences[first:end])
        chinese.extend([is_chinese(text)] * (end - first))
    return chinese
