"""The labelled texts that the models are trained on, as sentences of documents.

CAPP-130 (Chinese) is given by sentence and document; a line that stands for a heading becomes one,
as in a policy that is read. APPSI-139 (English) is given by sentence, without documents: it is cut
into pieces of `PIECE` sentences that follow each other.

Documents that share many sentences are one cluster; folds never cut a cluster.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from training.examples import ClassExamples, read_examples

from chengnuo.engines.policy.blocks import Block, BlockKind, BlockText, Sentence
from chengnuo.engines.policy.clauses import CLASSES, LABELLED, ClauseClass
from chengnuo.engines.policy.hashing import folded
from chengnuo.engines.policy.sections import headed

FOLDS = 5
PIECE = 250
SHARED = 0.3
"""From which share of the shorter document's sentences on two documents are one cluster."""
_TOLD = 15  # signs: a shorter sentence says nothing about where it was taken from
TOPICS = 11
"""How many of the first classes are topics."""
COST = 0.2
"""What an error on a sentence costs."""
UNTOLD_COST = 0.04
"""What it costs to give a topic to a sentence that has no label at all."""
EXAMPLE_COST = 4.0
"""What an error on a written example costs: there are a thousand other sentences for each."""
_APPSI = (
    ClauseClass.COLLECTION,
    ClauseClass.PERMISSION,
    ClauseClass.SHARING,
    ClauseClass.USE,
    ClauseClass.STORAGE,
    ClauseClass.SECURITY,
    ClauseClass.RIGHTS,
    ClauseClass.CONTACT,
    ClauseClass.CHANGE,
    ClauseClass.CESSATION,
    ClauseClass.SPECIAL_GROUPS,
)
"""The topics of APPSI-139 by their numbers there; CAPP-130 numbers them as `CLASSES` does."""


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """Documents with labels; a written example is a document of one sentence, at the end.

    Attributes:
        documents: The sentences of each document, in order.
        labels: bool[sentences, CLASSES], over all documents.
        costs: float32[sentences, CLASSES], what an error costs; 0 where the answer is not known.
        document: int64[sentences], index of the document.
        fold: int64[sentences], 0 to FOLDS - 1.
        read: How many of the first sentences are of the corpus and no examples.
        clusters: How many clusters its documents are.
        headings: How many lines without labels are headings and so no sentences.

    """

    documents: tuple[tuple[Sentence, ...], ...]
    labels: NDArray[np.bool_]
    costs: NDArray[np.float32]
    document: NDArray[np.int64]
    fold: NDArray[np.int64]
    read: int
    clusters: int
    headings: int

    @property
    def told(self) -> NDArray[np.bool_]:
        """bool[sentences]: those of the corpus with any label."""
        told: NDArray[np.bool_] = np.asarray(self.labels[:, :LABELLED].any(axis=1))
        return told & (np.arange(len(told)) < self.read)

    def of_fold(self, fold: int) -> list[tuple[Sentence, ...]]:
        """Return the documents of a fold."""
        firsts = np.searchsorted(self.document, np.arange(len(self.documents)))
        folds = self.fold[firsts]
        return [one for one, its in zip(self.documents, folds, strict=True) if its == fold]


def chinese(folder: Path) -> Corpus:
    """Read CAPP-130: `capp130/docs.jsonl` of the data folder."""
    texts = (folder / "capp130" / "docs.jsonl").read_text(encoding="utf-8").splitlines()
    documents = [
        [(line.strip(), tuple(labels)) for line, labels in json.loads(text)["sentences"]]
        for text in texts
    ]
    return _corpus(documents, read_examples("zh"), labelled=LABELLED)


def english(folder: Path) -> Corpus:
    """Read APPSI-139: `english/appsi139_topic_train.jsonl` of the data folder."""
    source = folder / "english" / "appsi139_topic_train.jsonl"
    rows = [json.loads(text) for text in source.read_text(encoding="utf-8").splitlines()]
    lines = [
        (row["text"].strip(), tuple(CLASSES.index(_APPSI[each]) for each in row["labels"]))
        for row in rows
    ]
    pieces = [lines[start : start + PIECE] for start in range(0, len(lines), PIECE)]
    return _corpus(pieces, read_examples("en"), labelled=TOPICS)


def sentences_in(lines: Sequence[str]) -> list[Sentence | None]:
    """Return the sentence that each line is, with the headings above it; None for a heading."""
    text, blocks, at = "\n".join(lines), [], 0
    for line in lines:
        is_marked = line.startswith("#") or (line.startswith("**") and line.endswith("**"))
        kind = BlockKind.HEADING if is_marked else BlockKind.PARAGRAPH
        blocks.append(Block(kind=kind, level=int(is_marked), start=at, end=at + len(line)))
        at += len(line) + 1
    found = headed(BlockText(text=text, blocks=tuple(blocks)))
    return [
        None
        if title or block.kind is BlockKind.HEADING
        else Sentence(line, block.start, block.end, found.paths[at], at)
        for at, (line, block, title) in enumerate(zip(lines, blocks, found.titles, strict=True))
    ]


def clusters_of(documents: Sequence[Sequence[str]]) -> list[int]:
    """Return for each document the number of its cluster: the first document of it."""
    said = [
        {folded(text, words=False) for text in texts if len(text) >= _TOLD} for texts in documents
    ]
    above = list(range(len(said)))

    def top(at: int) -> int:
        while above[at] != at:
            at = above[at]
        return at

    for at, mine in enumerate(said):
        for other, theirs in enumerate(said[:at]):
            if len(mine & theirs) >= SHARED * max(min(len(mine), len(theirs)), 1):
                low, high = sorted((top(at), top(other)))
                above[high] = low
    return [top(at) for at in range(len(said))]


def folds_of(cluster: Sequence[int], sizes: Sequence[int]) -> list[int]:
    """Return the fold of each document: large clusters first, each into the emptiest fold."""
    size = dict.fromkeys(cluster, 0)
    for each, count in zip(cluster, sizes, strict=True):
        size[each] += count
    load, fold = [0] * FOLDS, {}
    for each in sorted(size, key=lambda each: (-size[each], each)):
        fold[each] = min(range(FOLDS), key=lambda at: (load[at], at))
        load[fold[each]] += size[each]
    return [fold[each] for each in cluster]


def _corpus(
    documents: Sequence[Sequence[tuple[str, tuple[int, ...]]]],
    examples: Sequence[ClassExamples],
    labelled: int,
) -> Corpus:
    cluster = clusters_of([[line for line, _ in lines] for lines in documents])
    folds = folds_of(cluster, [len(lines) for lines in documents])
    read: list[tuple[Sentence, ...]] = []
    marks: list[tuple[int, ...]] = []
    for lines in documents:
        kept = [*_kept(lines)]
        read.append(tuple(sentence for sentence, _ in kept))
        marks.extend(of_one for _, of_one in kept)
    count = len(marks)
    texts = [sentence.text for one in read for sentence in one]
    for each in examples:
        for at, text in enumerate(each.texts):
            read.append((Sentence(text, 0, len(text), (), 0),))
            marks.append((CLASSES.index(each.clause),))
            folds.append(at % FOLDS)
    labels = np.zeros((len(marks), len(CLASSES)), dtype=np.bool_)
    for at, mark in enumerate(marks):
        labels[at, list(mark)] = True
    costs = np.zeros(labels.shape, dtype=np.float32)
    costs[:count, :labelled] = COST
    costs[:count, :TOPICS][~labels[:count].any(axis=1)] = UNTOLD_COST
    costs[count:, LABELLED:] = EXAMPLE_COST
    for each in examples:
        column = CLASSES.index(each.clause)
        labels[:count, column] = [each.sure.search(text) is not None for text in texts]
        beside = np.array([each.beside.search(text) is not None for text in texts])
        costs[:count, column] = np.where(beside & ~labels[:count, column], 0, COST)
    document = np.repeat(np.arange(len(read)), [len(one) for one in read])
    return Corpus(
        documents=tuple(read),
        labels=labels,
        costs=costs,
        document=document,
        fold=np.array(folds, dtype=np.int64)[document],
        read=count,
        clusters=len(set(cluster)),
        headings=sum(len(lines) for lines in documents) - count,
    )


def _kept(
    lines: Sequence[tuple[str, tuple[int, ...]]],
) -> Iterator[tuple[Sentence, tuple[int, ...]]]:
    """Yield the sentences of a document with their labels."""
    found = sentences_in([line for line, _ in lines])
    for at, ((line, labels), each) in enumerate(zip(lines, found, strict=True)):
        if each is not None:
            yield each, labels
        elif labels:  # a heading that has labels counts as a sentence: no label is left out
            yield Sentence(line, 0, len(line), _above(found, at), at), labels


def _above(found: Sequence[Sentence | None], at: int) -> tuple[str, ...]:
    before = next((each for each in reversed(found[:at]) if each is not None), None)
    return before.headings if before else ()
