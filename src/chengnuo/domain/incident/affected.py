"""How many people an incident concerns: at least, at most, by age, and where each figure is from.

Who is shown to be concerned counts below; who may be counts above only; where somebody may have
been missed there is no figure above. People are told apart by keyed pseudonyms, so that one who
stands in several places counts once. What cannot be known is said with the figures (PIPL Art. 57).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.law.age import AgeBand


class Source(StrEnum):
    """Where a figure is from."""

    STORE = "store"
    """Distinct accounts in a table."""
    STORE_MAYBE = "store-maybe"
    """The same, where the table does not tell whether they were there in the period."""
    ROWS = "rows"
    """Rows of a table that names nobody."""
    RECORDS = "records"
    """Records of the log that say that it was done."""
    PERMITS = "permits"
    """Records that say that it was allowed."""
    BATCHES = "batches"
    """Records that say how many, not who."""
    UNSEEN = "unseen"
    """A place that could not be looked into, or that has no records."""

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _TEXTS[self]

    @property
    def is_certain(self) -> bool:
        """Tell whether who is found there is shown to be concerned."""
        return self in {Source.STORE, Source.RECORDS}


_TEXTS = {
    Source.STORE: Text("存储中的账户", "accounts in the store"),
    Source.STORE_MAYBE: Text(
        "存储中的账户，不能断定当时已在", "accounts in the store; whether then is not known"
    ),
    Source.ROWS: Text("不能认出是谁的行", "rows that name nobody"),
    Source.RECORDS: Text("日志：已发生", "log: it was done"),
    Source.PERMITS: Text("日志：获准，可能发生", "log: allowed, may have been done"),
    Source.BATCHES: Text("日志：批次人数，不逐人", "log: batches, not by name"),
    Source.UNSEEN: Text("没能查看", "could not be looked at"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one place told.

    Attributes:
        source: What sort of place it is.
        where: Store and table, recipient or activity.
        people: Keyed pseudonyms of those who can be told apart, 32 bytes each.
        count: How many more there are who cannot.
        why: What is to be known about it; None for nothing.

    """

    source: Source
    where: str
    people: frozenset[bytes] = frozenset()
    count: int = 0
    why: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """Who is concerned, as far as it can be told.

    Attributes:
        at_least: Shown to be concerned.
        at_most: All who may be; None where nobody can say.
        people: Keyed pseudonyms of all who are or may be concerned and can be told apart.
        bands: How many of these are of which age.
        categories: What was concerned, by the register.
        sensitive: Whether sensitive information is among it; that of minors under 14 always is.
        found: What each place told.
        cannot: What cannot be known.

    """

    at_least: int
    at_most: int | None
    people: frozenset[bytes]
    bands: Mapping[AgeBand, int]
    categories: tuple[str, ...]
    sensitive: bool
    found: tuple[Found, ...]
    cannot: tuple[Text, ...]


def affected(
    found: Iterable[Found],
    ages: Mapping[AgeBand, Collection[bytes]],
    *,
    categories: tuple[str, ...],
    sensitive: bool,
    cannot: Iterable[Text] = (),
) -> Affected:
    """Return who is concerned.

    Args:
        found: What each place told.
        ages: Of which age people were in the period, where that is known.
        categories: What was concerned, by the register.
        sensitive: Whether a sensitive category is among it.
        cannot: What cannot be known, beside what follows from the places.

    """
    places = tuple(found)
    certain = frozenset[bytes]().union(*(one.people for one in places if one.source.is_certain))
    people = certain.union(*(one.people for one in places))
    more = sum(one.count for one in places)
    unseen = any(one.source is Source.UNSEEN for one in places)
    bands = {band: len(people.intersection(ages.get(band, ()))) for band in AgeBand}
    bands[AgeBand.UNKNOWN] = 0
    bands[AgeBand.UNKNOWN] = len(people) - sum(bands.values())
    return Affected(
        at_least=len(certain),
        at_most=None if unseen else len(people) + more,
        people=people,
        bands=bands,
        categories=categories,
        sensitive=sensitive or bands[AgeBand.UNDER_14] > 0,
        found=places,
        cannot=(*cannot, *_cannot(places)),
    )


def _cannot(places: Iterable[Found]) -> Iterator[Text]:
    sources = {one.source for one in places}
    if Source.STORE in sources or Source.STORE_MAYBE in sources:
        yield Text(
            "存储按现在的内容计算；事件之后已被删除的人不在其中。",
            "Stores are counted as they are now; who was deleted since is not in them.",
        )
    if Source.BATCHES in sources or Source.ROWS in sources:
        yield Text(
            "批次和不能认人的行可能与其他来源是同一些人，因此只计入至多人数。",
            "Batches and rows that name nobody may be the same people as elsewhere, so they count"
            " above only.",
        )
    if Source.UNSEEN in sources:
        yield Text(
            "有地方没能查看，没有至多人数。",
            "Some places could not be looked at, so there is no figure above.",
        )
    yield Text(
        "绕过本系统的人，以及接收方之后给了谁，这里没有记录。",
        "Whoever went past this system, and to whom a recipient handed it on, has no record here.",
    )
