"""What a column holds: told from its name and a sample, then counted over all of its values.

A value is looked at as the name of its column would have it: `name=value`. A value is *whole*
where it is nothing but what was found, and *inside* where it holds more. That tells a column of
telephones from remarks in which somebody wrote one.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

import numpy as np

from chengnuo.engines.text.column_contents import ColumnContents
from chengnuo.engines.text.column_data import SURE, blocks, may_hold, may_hold_each, surely
from chengnuo.engines.text.column_forms import is_digest, is_form_of, is_masked, is_sentence
from chengnuo.engines.text.cues import Cues
from chengnuo.engines.text.finding import find_in_many
from chengnuo.engines.text.kinds import Evidence, Kind

SAMPLE: Final = 1_000
"""How many values a column is classified by at the most."""
_NAMED_SHARE: Final = 0.3
_UNNAMED_SHARE: Final = 0.6
_HIDDEN_SHARE: Final = 0.6
_FEWEST_NAMES: Final = 5
_BY_FORM: Final = frozenset({Kind.NAME, Kind.ADDRESS, Kind.HEALTH})
_SENTENCES: Final = 0.2
_OF_MANY_DIGITS: Final = frozenset(
    {
        None,
        Kind.RESIDENT_ID,
        Kind.FOREIGN_PERMIT,
        Kind.MOBILE,
        Kind.LANDLINE,
        Kind.EMAIL,
        Kind.BANK_CARD,
        Kind.ALIPAY,
        Kind.IMEI,
    }
)
"""Kinds whose values are never passed over for having too few digits."""


class Holding(Enum):
    """In what way a column holds personal information."""

    NOTHING = "nothing"
    VALUES = "values"
    """Its values are of a kind."""
    INSIDE = "inside"
    """Some of its values hold values of a kind among other words."""
    MASKED = "masked"
    DIGESTS = "digests"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many values of a column are, or hold, what.

    Attributes:
        rows: Values looked at, empty ones included.
        filled: Those that are not empty.
        whole: By kind, values that are of it.
        inside: By kind, values that hold one among other words.

    """

    rows: int = 0
    filled: int = 0
    whole: Mapping[Kind, int] = field(default_factory=dict)
    inside: Mapping[Kind, int] = field(default_factory=dict)

    def plus(self, other: "Counts") -> "Counts":
        """Return the counts of two parts of a column together."""
        return Counts(
            rows=self.rows + other.rows,
            filled=self.filled + other.filled,
            whole=Counter(self.whole) + Counter(other.whole),
            inside=Counter(self.inside) + Counter(other.inside),
        )

    def of(self, kind: Kind) -> int:
        """Return how many values are or hold a kind."""
        return self.whole.get(kind, 0) + self.inside.get(kind, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnClass:
    """What a column holds, by a sample.

    Attributes:
        holding: In what way.
        kind: Of which kind; of masked values and digests what the name of the column says.
        evidence: What speaks for it, the strongest; None where nothing is held.
        share: Share of the filled values of the sample, from 0 to 1.
        counts: Counts of the sample.
        searched: Whether counting all values can tell more.

    """

    holding: Holding
    kind: Kind | None = None
    evidence: Evidence | None = None
    share: float = 0.0
    counts: Counts = Counts()
    searched: bool = False


def classified(
    name: str, values: Sequence[str], cues: Cues, contents: ColumnContents | None = None
) -> ColumnClass:
    """Return what a column holds.

    Args:
        name: What the column is called.
        values: A sample of its values, empty where there is none.
        cues: The words beside values.
        contents: Tells names and addresses where the name of the column says nothing; `None` for
            leaving them out.

    """
    filled = [value.strip() for value in values if value and not value.isspace()]
    named = named_by(name, cues)
    if not filled:
        return ColumnClass(holding=Holding.NOTHING, counts=Counts(rows=len(values)))
    if found := _hidden(filled, named, len(values)):
        return found
    counts, evidence = _looked_at(name, values, cues)
    return (
        _by_values(counts, named, evidence)
        or _by_form(counts, named, filled)
        or _by_contents(counts, name, cues, filled, contents)
        or _inside(counts, evidence, filled)
    )


def named_by(column: str, cues: Cues) -> Kind | None:
    """Return the kind that the name of a column names."""
    before = name_of(column)
    cue = cues.before(before, len(before))
    return None if cue is None else cue.kind


def counted(name: str, values: Sequence[str], cues: Cues, about: ColumnClass) -> Counts:
    """Return what the values of a column are and hold, most of them told by arrays.

    Args:
        name: What the column is called.
        values: All values, or some; an empty one where there is none.
        cues: The words beside values.
        about: What a sample told of it. Where that is not of which kind the values are, or not a
            kind with few digits, those are passed over that have too few digits for a number of
            somebody (`may_hold`).

    """
    kind = about.kind if about.holding is Holding.VALUES else None
    is_sifted = _is_sifted(about)
    cue = cues.before(name_of(name), len(name_of(name)))
    sure = [one for one in SURE if one is kind and (cue is None or cue.kind is one)]
    whole: Counter[Kind] = Counter()
    filled = 0
    rest: Counter[str] = Counter()
    for first, block in blocks(values):
        left = block.ends > block.starts
        filled += int(np.count_nonzero(left))
        for one in sure:
            told = surely(block, one)
            whole[one] += int(np.count_nonzero(told))
            left &= ~told
        if is_sifted:
            left &= may_hold_each(block)
        rest.update(values[first + at] for at in np.flatnonzero(left).tolist())
    looked, _ = _found(name, rest, cues)
    return Counts(
        rows=len(values),
        filled=filled,
        whole=+whole + Counter(looked.whole),
        inside=looked.inside,
    )


def counted_plainly(name: str, values: Sequence[str], cues: Cues, about: ColumnClass) -> Counts:
    """Return the same, value by value."""
    is_sifted = _is_sifted(about)
    left = [value if not is_sifted or may_hold(value) else "" for value in values]
    looked, _ = _found(name, Counter(left), cues)
    filled = sum(1 for value in values if value)
    return Counts(rows=len(values), filled=filled, whole=looked.whole, inside=looked.inside)


def _is_sifted(about: ColumnClass) -> bool:
    """Tell whether values with too few digits are passed over."""
    return about.holding is not Holding.VALUES and about.kind in _OF_MANY_DIGITS


def name_of(column: str) -> str:
    """Return the name of a column as it stands before a value."""
    return f"{' '.join(column.split())}="


def _hidden(filled: Sequence[str], named: Kind | None, rows: int) -> ColumnClass | None:
    """Return that most values are masked, or digests."""
    for holding, is_so in ((Holding.MASKED, is_masked), (Holding.DIGESTS, is_digest)):
        share = sum(map(is_so, filled)) / len(filled)
        if share >= _HIDDEN_SHARE and not (holding is Holding.DIGESTS and named is Kind.DEVICE_ID):
            counts = Counts(rows=rows, filled=len(filled))
            return ColumnClass(holding=holding, kind=named, share=share, counts=counts)
    return None


def _by_values(
    counts: Counts, named: Kind | None, evidence: Mapping[Kind, Evidence]
) -> ColumnClass | None:
    """Return what a column holds whose values are whole, if enough are."""
    if not counts.whole:
        return None
    kind = max(counts.whole, key=lambda one: (one is named, counts.whole[one], -one))
    share = sum(counts.whole.values()) / counts.filled
    if share < (_NAMED_SHARE if kind is named else _UNNAMED_SHARE):
        return None
    return ColumnClass(
        holding=Holding.VALUES,
        kind=kind,
        evidence=evidence[kind],
        share=share,
        counts=counts,
        searched=True,
    )


def _by_form(counts: Counts, named: Kind | None, filled: Sequence[str]) -> ColumnClass | None:
    """Return what the name of a column says whose values look like it, many different ones."""
    if named not in _BY_FORM or len(set(filled)) < min(_FEWEST_NAMES, len(filled)):
        return None
    fitting = sum(is_form_of(value, named) for value in filled)
    if fitting < _HIDDEN_SHARE * len(filled):
        return None
    return ColumnClass(
        holding=Holding.VALUES,
        kind=named,
        evidence=Evidence.KEY,
        share=fitting / len(filled),
        counts=replace(counts, whole={named: fitting}),
    )


def _by_contents(
    counts: Counts,
    name: str,
    cues: Cues,
    filled: Sequence[str],
    contents: ColumnContents | None,
) -> ColumnClass | None:
    """Return what the values say of a column whose name says nothing."""
    before = name_of(name)
    if contents is None or cues.before(before, len(before)) is not None:
        return None
    told = contents.told(filled)
    if told is None:
        return None
    kind, fitting = told
    return ColumnClass(
        holding=Holding.VALUES,
        kind=kind,
        evidence=Evidence.MODEL,
        share=fitting / len(filled),
        counts=replace(counts, whole={kind: fitting}),
    )


def _inside(
    counts: Counts, evidence: Mapping[Kind, Evidence], filled: Sequence[str]
) -> ColumnClass:
    """Return what some values hold, or that no value of the sample holds any."""
    searched = sum(map(is_sentence, filled)) >= _SENTENCES * len(filled)
    kinds = Counter(counts.whole) + Counter(counts.inside)
    if not kinds:
        return ColumnClass(holding=Holding.NOTHING, counts=counts, searched=searched)
    kind = max(kinds, key=lambda one: (kinds[one], -one))
    return ColumnClass(
        holding=Holding.INSIDE,
        kind=kind,
        evidence=evidence[kind],
        share=kinds[kind] / counts.filled,
        counts=counts,
        searched=True,
    )


def _looked_at(
    name: str, values: Sequence[str], cues: Cues
) -> tuple[Counts, Mapping[Kind, Evidence]]:
    looked, evidence = _found(name, Counter(values), cues)
    filled = sum(1 for value in values if value)
    counts = Counts(rows=len(values), filled=filled, whole=looked.whole, inside=looked.inside)
    return counts, evidence


def _found(
    name: str, values: Mapping[str, int], cues: Cues
) -> tuple[Counts, Mapping[Kind, Evidence]]:
    """Return what different values are and hold, each as often as it is there."""
    before = name_of(name)
    times = [(value.strip(), count) for value, count in values.items()]
    texts = [f"{before}{value}" for value, _ in times]
    whole: Counter[Kind] = Counter()
    inside: Counter[Kind] = Counter()
    evidence: dict[Kind, Evidence] = {}
    for text, hits, (_, count) in zip(texts, find_in_many(texts, cues), times, strict=True):
        kinds: set[Kind] = set()
        for hit in hits:
            if hit.start < len(before):
                continue
            evidence[hit.kind] = min(hit.evidence, evidence.get(hit.kind, hit.evidence))
            if (hit.start, hit.end) == (len(before), len(text)):
                whole[hit.kind] += count
            else:
                kinds.add(hit.kind)
        for kind in kinds:
            inside[kind] += count
    return Counts(whole=whole, inside=inside), evidence
