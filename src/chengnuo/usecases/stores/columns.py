"""The columns of one table: classified by a sample, counted, shown by masked examples.

Values come in as pages of rows and do not leave: what is returned are counts and masked examples.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from chengnuo.domain.observation.stores import ColumnSeen
from chengnuo.domain.observation.text_knowledge import TextKnowledge
from chengnuo.domain.rights.schema import OF_CONNECTOR, ColumnSchema, ValueType
from chengnuo.engines.text.column_contents import ColumnContents
from chengnuo.engines.text.column_data import may_hold
from chengnuo.engines.text.column_forms import are_places, halves, is_form_of, paths_in
from chengnuo.engines.text.columns import (
    ColumnClass,
    Counts,
    Holding,
    classified,
    counted,
    name_of,
)
from chengnuo.engines.text.every_kind import Search
from chengnuo.engines.text.finding import find_in
from chengnuo.engines.text.kinds import Evidence, Kind
from chengnuo.engines.text.masking import partly
from chengnuo.usecases.stores.page_counts import (
    KnownColumns,
    Page,
    Spot,
    spots_of,
    texts_of,
)

MOST_EXAMPLES: Final = 3
_NOT_READ: Final = frozenset({ValueType.BYTES, ValueType.BOOLEAN, ValueType.TIME})
_PLACES: Final = 0.5


def read_of(columns: Iterable[ColumnSchema]) -> tuple[str, ...]:
    """Return the names of the columns that are looked at."""
    return tuple(
        one.column
        for one in columns
        if one.type not in _NOT_READ and not one.column.startswith(OF_CONNECTOR)
    )


@dataclass(slots=True)
class _Column:
    """A column, or a path in one, while it is looked at."""

    name: str
    about: ColumnClass
    sample: list[str]
    counts: Counts = field(default_factory=Counts)

    @property
    def kind(self) -> Kind | None:
        """What its values are as a whole, if they are of one kind."""
        return self.about.kind if self.about.holding is Holding.VALUES else None


class TableColumns:
    """The columns of one table: `sample` once, then `count` page after page, then `seen`."""

    def __init__(self, names: Sequence[str], knowledge: TextKnowledge, search: Search) -> None:
        """Begin.

        Args:
            names: The columns of each page, in their order.
            knowledge: What is known of kinds.
            search: What text is searched with.

        """
        self._names = tuple(names)
        self._knowledge, self._cues = knowledge, search.cues
        self._contents = ColumnContents(search.names, search.addresses)
        self._plain: dict[str, _Column] = {}
        self._trees: dict[str, dict[str, _Column]] = {}
        self._counted = 0

    def sample(self, page: Page) -> tuple[str, ...]:
        """Classify the columns by some rows; return those of which counting can tell more."""
        texts = texts_of(page, self._names)
        for name, values in texts.items():
            paths = paths_in(values)
            if paths is None:
                self._plain[name] = self._classified(name, values)
                continue
            self._trees[name] = {
                path: self._classified(path, inside) for path, inside in paths.items()
            }
        for first, second in halves(self._names):
            self._pair(first, second, texts)
        return tuple(
            name
            for name in self._names
            if (name in self._plain and self._plain[name].about.searched)
            or any(one.about.searched for one in self._trees.get(name, {}).values())
        )

    def count(self, page: Page, names: Sequence[str]) -> None:
        """Count what a page holds in some of the columns, those of `sample`."""
        for spot, values in spots_of(page, names, frozenset(self._trees)):
            self._add(self._met(spot, values), values)

    def known(self, names: Sequence[str], *, only: Collection[Spot] | None = None) -> KnownColumns:
        """Return what is known of some columns, for counting them elsewhere.

        Args:
            names: The columns.
            only: Only of these spots, and of the columns that have them; None for all.

        """
        spots = [Spot(name) for name in names if name in self._plain]
        spots += [Spot(name, path) for name in names for path in self._trees.get(name, {})]
        given = [spot for spot in spots if only is None or spot in only]
        having = {spot.column for spot in given}
        return KnownColumns(
            names=tuple(name for name in names if only is None or name in having),
            about={spot: self._column(spot).about for spot in given},
            trees=frozenset(self._trees),
        )

    def take(self, counts: Mapping[Spot, Counts]) -> None:
        """Add what was counted elsewhere."""
        for spot, found in counts.items():
            column = self._column(spot)
            column.counts = column.counts.plus(found)

    def meet(self, page: Page, names: Sequence[str], spots: Collection[Spot]) -> None:
        """Classify paths in JSON that came up on a page for the first time."""
        for spot, values in spots_of(page, names, frozenset(self._trees)):
            if spot in spots:
                self._met(spot, values)

    def seen(self, *, examples: bool) -> Iterator[ColumnSeen]:
        """Yield the columns that hold something.

        Args:
            examples: Whether masked examples are shown.

        """
        for name in self._names:
            if name in self._plain:
                yield from self._seen(self._plain[name], name, examples=examples)
            for path, one in self._trees.get(name, {}).items():
                for found in self._seen(one, f"{name}.{path}", examples=examples):
                    yield replace(found, in_json=True)

    def _classified(self, name: str, values: list[str]) -> _Column:
        return _Column(name, classified(name, values, self._cues, self._contents), values)

    def _column(self, spot: Spot) -> _Column:
        if spot.path is None:
            return self._plain[spot.column]
        return self._trees[spot.column][spot.path]

    def _met(self, spot: Spot, values: list[str]) -> _Column:
        """Return a spot; a path that did not come up before is classified by these values."""
        if spot.path is not None and spot.path not in self._trees[spot.column]:
            self._trees[spot.column][spot.path] = self._classified(spot.path, values)
        return self._column(spot)

    def _add(self, one: _Column, values: Sequence[str]) -> None:
        if one.about.searched:
            one.counts = one.counts.plus(counted(one.name, values, self._cues, one.about))

    def _pair(self, first: str, second: str, texts: Mapping[str, list[str]]) -> None:
        """Take two columns for a place together if their numbers are degrees."""
        if first not in self._plain or second not in self._plain:
            return
        share = are_places(texts[first], texts[second])
        if share < _PLACES:
            return
        for name in (first, second):
            filled = sum(1 for value in texts[name] if value)
            self._plain[name].about = ColumnClass(
                holding=Holding.VALUES,
                kind=Kind.LOCATION,
                evidence=Evidence.KEY,
                share=share,
                counts=Counts(
                    rows=len(texts[name]),
                    filled=filled,
                    whole={Kind.LOCATION: round(share * filled)},
                ),
            )

    def _seen(self, one: _Column, name: str, *, examples: bool) -> Iterator[ColumnSeen]:
        counts = one.counts if one.counts.rows else one.about.counts
        kinds = Counter(counts.whole) + Counter(counts.inside)
        holding, kind, evidence = one.about.holding, one.about.kind, one.about.evidence
        if holding is Holding.NOTHING:
            if not kinds:
                return
            # The sample held none; all the values do.
            holding, kind = Holding.INSIDE, max(kinds, key=lambda each: (kinds[each], -each))
            evidence = Evidence.FORMAT
        held = 0 if kind is None else counts.of(kind)
        yield ColumnSeen(
            column=name,
            holding=holding,
            kind=kind,
            category=None if kind is None else self._knowledge.of(kind).category,
            evidence=evidence,
            rows=counts.rows,
            filled=counts.filled,
            held=held,
            others=tuple(sorted((each, kinds[each]) for each in kinds if each is not kind)),
            examples=tuple(self._examples(one, kind)) if examples and kind is not None else (),
        )

    def _examples(self, one: _Column, kind: Kind) -> list[str]:
        """Return some values of the sample, masked; never what stands beside them."""
        if one.about.holding not in {Holding.VALUES, Holding.INSIDE}:
            return []
        mask, before = partly(), name_of(one.name)
        found: dict[str, None] = {}
        for value in one.sample:
            if not (is_form_of(value, kind) or one.kind is not None or may_hold(value)):
                continue
            if is_form_of(value, kind):
                found[mask(value, kind)] = None
            text = f"{before}{value.strip()}"
            for hit in find_in(text, self._cues):
                if hit.kind is kind and hit.start >= len(before):
                    found[mask(text[hit.start : hit.end], kind)] = None
            if len(found) >= MOST_EXAMPLES:
                break
        # Half a sign, as broken JSON may hold, could not be written.
        return [one.encode("utf-8", "replace").decode() for one in found][:MOST_EXAMPLES]
