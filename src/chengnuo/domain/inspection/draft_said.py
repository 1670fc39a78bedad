"""What policies say, sorted for a draft: which items serve one purpose, which rows are one party.

Rows of a form (a table, or lines of the form `key：value`) that say what for, or when, come first:
one activity for each purpose and scene. Sentences add the categories that these do not name, for in
a policy that has such forms they mostly say the same again; what says neither what for nor when
adds those that nothing else names, sorted by what such information is usually used for, as a
package's are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chengnuo.domain.finding.declared_sdks import plain_name
from chengnuo.domain.inspection.draft_policy import MOST_QUOTES, on_one_line
from chengnuo.domain.inspection.draft_seen import group_of
from chengnuo.domain.observation.policy import (
    CollectedItem,
    NamedParty,
    PolicyReading,
    ReadFrom,
    Said,
)
from chengnuo.domain.observation.sdk_catalogue import SdkId
from chengnuo.engines.policy.enumerating import without_brackets
from chengnuo.law.ids import CategoryId


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a policy, and which one."""

    file: str
    said: Said

    @property
    def line(self) -> str:
        """The words on one line."""
        return on_one_line(self.said.words)

    @property
    def plain(self) -> str:
        """The words as they are compared: one purpose is told in several places."""
        return self.line.strip("。.;； ").casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSaid:
    """One item that a policy says is collected.

    Attributes:
        file: The policy.
        one: What it says.
        is_named: Whether the words of the item are its own; else they name the party that gets it
            among others.

    """

    file: str
    one: CollectedItem
    is_named: bool = True

    def words(self, field: str) -> Words | None:
        """Return the words of a field (`item`, `purpose`, `scene`, `method`, `retention`)."""
        said: Said | None = getattr(self.one, field)
        return None if said is None else Words(self.file, said)

    @property
    def is_of_form(self) -> bool:
        """Tell whether it stands in a table or in lines."""
        return self.one.read_from is not ReadFrom.SENTENCE

    @property
    def is_whole(self) -> bool:
        """Tell whether what it is for is said, or when."""
        return (self.one.purpose or self.one.scene) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartySaid:
    """One third party, in all rows that name it.

    Attributes:
        rows: The rows, each with its file.
        sdk: The SDK of the catalogue that it is, by any of the rows.

    """

    rows: tuple[tuple[str, NamedParty], ...]
    sdk: SdkId | None

    def words(self, field: str) -> Words | None:
        """Return the first words of a field (`name`, `purpose`, `country`…)."""
        return next(iter(self.all(field)), None)

    def all(self, field: str) -> Iterator[Words]:
        """Yield what the rows say in a field."""
        for file, one in self.rows:
            said: Said | None = getattr(one, field)
            if said is not None:
                yield Words(file, said)

    @property
    def categories(self) -> tuple[CategoryId, ...]:
        """What it gets by any of the rows, each once."""
        return tuple(dict.fromkeys(each for _, one in self.rows for each in one.categories))

    @property
    def items(self) -> Iterator[Words]:
        """The words for what it gets."""
        return (Words(file, said) for file, one in self.rows for said in one.items)

    @property
    def names(self) -> frozenset[str]:
        """What it is called, as names are compared."""
        return frozenset(plain_name(without_brackets(one.line)) for one in self.all("name"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivitySaid:
    """What one activity is drafted from.

    Attributes:
        items: Items of one purpose and scene, with or without a category.
        echoes: Purposes that sentences give for the same items.
        parties: Places of the parties that get them.

    """

    items: tuple[ItemSaid, ...]
    echoes: tuple[Words, ...] = ()
    parties: tuple[int, ...] = ()

    def words(self, field: str) -> Words | None:
        """Return the first words of a field."""
        return next((said for one in self.items if (said := one.words(field)) is not None), None)

    @property
    def by_category(self) -> Mapping[CategoryId, tuple[ItemSaid, ...]]:
        """The items by category, in their order."""
        found: dict[CategoryId, list[ItemSaid]] = {}
        for one in self.items:
            if one.one.category is not None:
                found.setdefault(one.one.category, []).append(one)
        return {category: tuple(items) for category, items in found.items()}

    @property
    def unsorted(self) -> tuple[Words, ...]:
        """The items that are of no category that is known."""
        return tuple(Words(one.file, one.one.item) for one in self.items if not one.one.category)


def parties_said(readings: Sequence[PolicyReading]) -> tuple[PartySaid, ...]:
    """Return the parties, each once: a form names any; a sentence counts for an SDK alone."""
    found: list[PartySaid] = []
    for reading in readings:
        for one in reading.parties:
            if one.sdk is None and one.read_from is ReadFrom.SENTENCE:
                continue
            party = PartySaid(rows=((reading.file, one),), sdk=one.sdk)
            at = next((at for at, other in enumerate(found) if _is_same(party, other)), None)
            if at is None:
                found.append(party)
            else:
                known = found[at]
                rows = (*known.rows, *party.rows)
                found[at] = PartySaid(rows=rows, sdk=known.sdk or party.sdk)
    return tuple(found)


def _is_same(one: PartySaid, other: PartySaid) -> bool:
    if one.sdk is not None and other.sdk is not None:
        return one.sdk == other.sdk
    return not one.names.isdisjoint(other.names)


def activities_said(
    readings: Sequence[PolicyReading], parties: Sequence[PartySaid]
) -> tuple[ActivitySaid, ...]:
    """Return the activities: forms by place, sentences, then what parties alone get.

    Args:
        readings: The policies.
        parties: The third parties that they name.

    """
    items = [ItemSaid(file=each.file, one=one) for each in readings for one in each.collected]
    forms = _grouped(one for one in items if one.is_of_form and one.is_whole)
    told = _categories_of(forms)
    free = [one for one in items if not (one.is_of_form and one.is_whole)]
    echoes = [one for one in free if one.one.category in told]
    rest = [one for one in free if one.one.category not in told]
    whole = _grouped(one for one in rest if one.is_whole)
    told |= _categories_of(whole)
    own = [
        *(_with_echoes(each, forms[:at], echoes) for at, each in enumerate(forms)),
        *whole,
        *_grouped(one for one in rest if not one.is_whole and one.one.category not in told),
    ]
    linked = [replace(each, parties=tuple(_getting(each, parties))) for each in own]
    return (*linked, *_of_parties(parties, linked, _categories_of(own)))


def _categories_of(activities: Iterable[ActivitySaid]) -> set[CategoryId]:
    return {category for each in activities for category in each.by_category}


def _grouped(items: Iterable[ItemSaid]) -> list[ActivitySaid]:
    found: dict[tuple[str, str], list[ItemSaid]] = {}
    for one in items:
        found.setdefault(_key(one), []).append(one)
    return [ActivitySaid(items=tuple(each)) for each in found.values()]


def _key(item: ItemSaid) -> tuple[str, str]:
    """Return what items of one activity have in common; of sentences the purpose is enough."""
    purpose, scene = item.words("purpose"), item.words("scene")
    if purpose is None and scene is None and item.one.category is not None:
        return "", group_of(item.one.category)
    told = "" if purpose is None else purpose.plain
    if told and not item.is_of_form:
        return told, ""
    return told, "" if scene is None else scene.plain


def _with_echoes(
    activity: ActivitySaid, before: Sequence[ActivitySaid], echoes: Sequence[ItemSaid]
) -> ActivitySaid:
    """Return an activity with what sentences say of the categories that it names first."""
    told = _categories_of(before)
    said = [
        words
        for one in echoes
        if one.one.category in activity.by_category.keys() - told
        and (words := one.words("purpose")) is not None
    ]
    distinct = {words.plain: words for words in reversed(said)}
    return replace(activity, echoes=tuple(reversed(distinct.values()))[:MOST_QUOTES])


def _getting(activity: ActivitySaid, parties: Sequence[PartySaid]) -> Iterator[int]:
    """Yield the parties that a policy says get items of an activity.

    A row of the party tells the scene or else the purpose of the activity, or a sentence names it.
    """
    purpose, scene = activity.words("purpose"), activity.words("scene")
    named = {
        plain_name(without_brackets(said.words))
        for item in activity.items
        for said in item.one.recipients
    }
    for at, party in enumerate(parties):
        # One cell may tell the scenes of several activities.
        scenes = [one.plain for one in party.all("scene")]
        purposes = {one.plain for one in party.all("purpose")}
        if (
            (scene is not None and any(scene.plain in one for one in scenes))
            or (purpose is not None and purpose.plain in purposes)
            or not named.isdisjoint(party.names)
        ):
            yield at


def _of_parties(
    parties: Sequence[PartySaid], own: Sequence[ActivitySaid], known: set[CategoryId]
) -> Iterator[ActivitySaid]:
    """Yield an activity for each purpose of parties that get what no activity collects."""
    linked = {at for each in own for at in each.parties}
    found: dict[tuple[str, str], list[tuple[int, ItemSaid]]] = {}
    for at, party in enumerate(parties):
        if at not in linked and not known.issuperset(party.categories):
            for file, row in party.rows:
                for item in _items_of(file, row):
                    found.setdefault(_key(item), []).append((at, item))
    for each in found.values():
        yield ActivitySaid(
            items=tuple(item for _, item in each),
            parties=tuple(dict.fromkeys(at for at, _ in each)),
        )


def _items_of(file: str, row: NamedParty) -> Iterator[ItemSaid]:
    """Yield what a party gets as items; which words are which is sure where all have a category."""
    is_named = len(row.items) == len(row.categories)
    words = row.items if is_named else (row.name,) * len(row.categories)
    for category, said in zip(row.categories, words, strict=True):
        one = CollectedItem(
            item=said,
            category=category,
            purpose=row.purpose,
            scene=row.scene,
            method=row.method,
            read_from=row.read_from,
        )
        yield ItemSaid(file=file, one=one, is_named=is_named)
