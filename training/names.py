"""Train the model of names: `python -m training.names CAPP_DOCS`.

The lines are our own (`name_lines.yaml`) and sentences of CAPP-130 (CC BY 4.0), of which every
fourth policy is left out for measuring. Which pairs of signs are words and no names is asked of
LAC (extra `ner`). Training is an averaged perceptron of whole numbers with a margin, so that the
same labels give the same bytes on any machine.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

import click
import numpy as np
import yaml

from chengnuo.adapters.lac_words import LacWords
from chengnuo.adapters.text_words_source import read_name_words
from chengnuo.engines.text.name_model import Codes, Weights, features, looks
from chengnuo.engines.text.name_places import Flags, codes_of
from chengnuo.engines.text.name_words import NameWords
from chengnuo.engines.text.tagged import Tag, Tagged

ROOT: Final = Path(__file__).parents[1]
WEIGHTS: Final = ROOT / "src" / "chengnuo" / "knowledge" / "text" / "name_weights.npz"
NAMES: Final = WEIGHTS.with_name("names.yaml")
LINES: Final = Path(__file__).with_name("name_lines.yaml")

SLOTS: Final = 1 << 17
EPOCHS: Final = 6
BATCH: Final = 256
MARGIN: Final = 60
SEED: Final = 20261129
BARS: Final = (-10, -90, -220)
TIMES: Final = ("2024年5月1日", "2025-03-08 10:21:33", "昨天", "周三下午", "3月5日")
FRAMES: Final = ("昨天{}说过", "联系人{}电话", "由{}负责")
"""Lines in which a pair of signs that is ever a name is one."""
NAMES_A_LINE: Final = 150
AFFIRMED: Final = 12_000
OFTEN: Final = 2
LEFT_OUT: Final = 4
"""One policy of so many is not trained on."""

Span = tuple[int, int]
Line = tuple[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes lines with names and with words that look like names."""

    random: Random
    words: NameWords
    lines: dict[str, list[str]]

    def name(self) -> str:
        """Return a made-up name."""
        draw = self.random.random()
        if draw < 0.05:
            surname = self.random.choice(self.words.compound)
        else:
            surname = self.random.choice(self._class(self.words.surnames, (0.35, 0.35, 0.3)))
        count = 1 if self.random.random() < 0.35 else 2
        given = [
            self.random.choice(self._class(self.words.given, (0.4, 0.4, 0.2))) for _ in range(count)
        ]
        if count == 2 and self.random.random() < 0.04:
            given[1] = given[0]
        return surname + "".join(given)

    def filled(self, line: str, look_alikes: Sequence[str], name: str | None = None) -> Line:
        """Return a line with its places filled, and where names stand in it."""
        text, spans = "", []
        at = 0
        while (open_ := line.find("{", at)) >= 0 and line[open_ + 2 : open_ + 3] == "}":
            text += line[at:open_]
            what = line[open_ + 1]
            filler = name if name and what == "N" else self._filler(what, look_alikes)
            if what == "N":
                spans.append((len(text), len(text) + len(filler)))
            text += filler
            at = open_ + 3
        return text + line[at:], tuple(spans)

    def _filler(self, what: str, look_alikes: Sequence[str]) -> str:
        random = self.random
        match what:
            case "N":
                return self.name()
            case "W":
                return random.choice(look_alikes)
            case "A":
                return random.choice(self.lines["places"])
            case "D":
                return "".join(random.choices("0123456789", k=random.choice((1, 2, 4, 8, 11, 18))))
            case "T":
                return random.choice(
                    ("2024年5月1日", "2025-03-08 10:21:33", "昨天", "周三下午", "3月5日")
                )
            case _:
                raise ValueError(what)

    def _class(self, classes: Sequence[str], shares: Sequence[float]) -> str:
        return self.random.choices(classes, shares)[0]


def read_lines() -> dict[str, list[str]]:
    """Return the lines and words of our own."""
    read = yaml.safe_load(LINES.read_text(encoding="utf-8"))
    return {
        part: [word for row in rows for word in row.split(" ")]
        if part in {"words", "places"}
        else rows
        for part, rows in read.items()
    }


def sentences(file: Path, *, left_out: bool = False) -> list[str]:
    """Return the sentences of the policies that are trained on, or of those left out."""
    docs = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [
        text
        for number, doc in enumerate(docs)
        if (number % LEFT_OUT == 0) is left_out
        for text, _ in doc["sentences"]
        if text
    ]


def judged_pairs(words: NameWords) -> tuple[list[str], list[str]]:
    """Return pairs of a surname and a sign of given names: what LAC calls names, and words."""
    surnames = "".join(words.surnames[:2]) + words.surnames[2][:120]
    pairs = [
        surname + given
        for surname in dict.fromkeys(surnames)
        for given in dict.fromkeys("".join(words.given))
    ]
    lac = LacWords()
    names: list[str] = []
    for frame in FRAMES:
        said = lac.tagged([frame.format(pair) for pair in pairs])
        at = frame.index("{")
        whole = Tagged(at, at + 2, Tag.PERSON)
        if not names:
            names = [pair for pair, found in zip(pairs, said, strict=True) if whole in found]
        pairs = [
            pair
            for pair, found in zip(pairs, said, strict=True)
            if not any(each.tag is Tag.PERSON for each in found)
        ]
    return names, pairs


def training_lines(
    capp: Sequence[str], words: NameWords, affirmed: Sequence[str], doubted: Sequence[str]
) -> list[Line]:
    """Return the lines that the model is trained on."""
    maker = Maker(Random(SEED), words, read_lines())
    random, own = maker.random, maker.lines["words"]
    fragments = fragments_of(capp, words)
    addressed = [text.replace("{", "").replace("您", "{N}") for text in capp if "您" in text]
    named = [*maker.lines["with"], *addressed]
    lines: list[Line] = [(text, ()) for text in [*capp, *capp]]
    for line in maker.lines["with"]:
        lines += [maker.filled(line, own) for _ in range(NAMES_A_LINE)]
    lines += [maker.filled(text, own) for text in addressed]
    for look_alikes, times in ((own, 40), (fragments, 8), (doubted, 3)):
        for word in look_alikes:
            for _ in range(times):
                line = random.choice(random.choice((named, maker.lines["without"])))
                lines.append(maker.filled(line.replace("{N}", "{W}"), [word]))
    common = set("".join(words.given[:2]))
    likely = [pair for pair in affirmed if pair[1] in common]
    for name in random.sample(likely, min(AFFIRMED, len(likely))):
        lines.append(maker.filled(random.choice(named), own, name))
    random.shuffle(lines)
    return lines


def fragments_of(capp: Sequence[str], words: NameWords) -> list[str]:
    """Return what has the form of a name and stands often in policies, which hold no names."""
    seen = Counter[str]()
    for text in capp:
        names = words.candidates(codes_of(text))
        for start, size in zip(names.start.tolist(), names.size.tolist(), strict=True):
            seen[text[start : start + size]] += 1
    return [each for each, count in sorted(seen.items()) if count >= OFTEN]


def examples(lines: Sequence[Line], words: NameWords) -> tuple[Codes, Flags]:
    """Return the slots of each candidate, `(n, features)`, and whether it is a name."""
    slots, truth = [], []
    for first in range(0, len(lines), 2000):
        some = lines[first : first + 2000]
        text = "\n".join(line for line, _ in some)
        gold, at = set(), 0
        for line, spans in some:
            gold |= {(at + start, at + end) for start, end in spans}
            at += len(line) + 1
        codes = codes_of(text)
        names = words.candidates(codes)
        beside = looks(codes, np.zeros(len(codes), np.bool_))
        slots.append(features(names, beside, SLOTS).T)
        truth.append(
            [
                (start, start + size) in gold
                for start, size in zip(names.start.tolist(), names.size.tolist(), strict=True)
            ]
        )
    return np.concatenate(slots), np.concatenate(truth)


def trained(slots: Codes, truth: Flags) -> Weights:
    """Return the weights of an averaged perceptron, `(SLOTS,)` int8."""
    order = list(range(len(truth)))
    weights, summed = np.zeros(SLOTS, np.int64), np.zeros(SLOTS, np.int64)
    sign = np.where(truth, 1, -1)
    random = Random(SEED)
    steps = 0
    for _ in range(EPOCHS):
        random.shuffle(order)
        for batch in _batches(np.array(order)):
            within = slots[batch]
            wrong = weights[within].sum(axis=1) * sign[batch] < MARGIN
            push = np.repeat(sign[batch][wrong], within.shape[1])
            np.add.at(weights, within[wrong].ravel(), push)
            summed += weights
            steps += 1
    largest = np.sort(np.abs(summed))[-SLOTS // 1000]
    quantised: Weights = np.clip(summed * 127 // largest, -127, 127).astype(np.int8)
    return quantised


def _batches(order: np.ndarray) -> Iterator[np.ndarray]:
    for first in range(0, len(order), BATCH):
        yield order[first : first + BATCH]


@click.command()
@click.argument("capp", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(capp: Path) -> None:
    """Train the model of names on sentences of CAPP-130 and lines of our own."""
    words = read_name_words(NAMES.read_bytes())
    affirmed, doubted = judged_pairs(words)
    lines = training_lines(sentences(capp), words, affirmed, doubted)
    slots, truth = examples(lines, words)
    weights = trained(slots, truth)
    np.savez_compressed(WEIGHTS, weights=weights, bars=np.array(BARS, np.int32))
    said = weights[slots].sum(axis=1, dtype=np.int32)
    click.echo(f"{len(lines)} lines, {len(truth)} candidates, {int(truth.sum())} names")
    click.echo(f"of LAC: {len(affirmed)} names, {len(doubted)} words")
    click.echo(f"right: {((said >= BARS[0]) == truth).mean():.4f}")


if __name__ == "__main__":
    main()
