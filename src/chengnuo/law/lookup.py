"""One way in to everything that the catalogue holds: by any id, or by the name of a set."""

from collections.abc import Mapping
from typing import TypeAlias

from chengnuo.base.text import Text
from chengnuo.law.app_type import AppType
from chengnuo.law.catalogue import (
    Catalogue,
    UnknownLawError,
    UnknownLawSetError,
    near_matches,
)
from chengnuo.law.category import PICategory
from chengnuo.law.duty import Duty, SkippedArticle
from chengnuo.law.figure import Figure
from chengnuo.law.ids import InstrumentId
from chengnuo.law.term import Term

Entry: TypeAlias = Duty | SkippedArticle | PICategory | AppType | Figure | Term

_ORDER = (
    *("duty", "pledge", "action524", "precheck", "also"),
    *("pipl", "191", "337", "164", "26", "related"),
)

_INSTRUMENTS = {"pipl": "PIPL"}
"""Instruments of the sets that are not named like one."""

_TITLES: Mapping[str, Text] = {
    "related": Text("关联规定", "Related rules"),
    "categories": Text("个人信息的种类", "Categories of personal information"),
    "app-types": Text("常见应用类型与必要个人信息", "Common app types and what they need"),
    "figures": Text("期限与阈值", "Deadlines and thresholds"),
    "terms": Text("术语表", "Glossary"),
}


def find(catalogue: Catalogue, wanted: str) -> Entry:
    """Return what has this id: a duty first, then whatever else.

    Raises:
        UnknownLawError: Nothing has this id; its `near` looks everywhere.

    """
    everything = _everything(catalogue)
    found = everything.get(wanted)
    if found is None:
        raise UnknownLawError(wanted, near_matches(wanted, everything))
    return found


def set_names(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the names of the sets: those of duties first, then of everything else."""
    known = [name for name in _ORDER if name in catalogue.sets]
    more = [name for name in catalogue.sets if name not in _ORDER]
    return (*known, *more, *_other_sets(catalogue))


def entries_of(catalogue: Catalogue, set_name: str) -> tuple[Entry, ...]:
    """Return what a set holds, in the order of its text.

    Raises:
        UnknownLawSetError: No set has this name.

    """
    if set_name in catalogue.sets:
        return catalogue.in_set(set_name)
    found = _other_sets(catalogue).get(set_name)
    if found is None:
        near = near_matches(set_name, set_names(catalogue), at_least=0.3)
        raise UnknownLawSetError(set_name, near)
    return found


def set_title(catalogue: Catalogue, set_name: str) -> Text:
    """Return the title of a set; its own name if nothing else is known of it."""
    title = _TITLES.get(set_name)
    if title is not None:
        return title
    instrument = catalogue.instruments.get(
        InstrumentId(_INSTRUMENTS.get(set_name, set_name)),
    )
    return Text(set_name) if instrument is None else instrument.title


def _other_sets(catalogue: Catalogue) -> Mapping[str, tuple[Entry, ...]]:
    return {
        "categories": tuple(catalogue.categories.values()),
        "app-types": tuple(catalogue.app_types.values()),
        "figures": tuple(catalogue.figures.values()),
        "terms": tuple(catalogue.terms.values()),
    }


def _everything(catalogue: Catalogue) -> Mapping[str, Entry]:
    """Return every entry by its id; where two share one, the later kind in this list wins."""
    kinds: tuple[Mapping[str, Entry], ...] = (
        {str(each.id): each for each in catalogue.terms.values()},
        {str(each.id): each for each in catalogue.figures.values()},
        {str(each.id): each for each in catalogue.app_types.values()},
        {str(each.id): each for each in catalogue.categories.values()},
        {str(each.id): each for each in catalogue.skipped.values()},
        {str(each.id): each for each in catalogue.duties.values()},
    )
    return {name: entry for kind in kinds for name, entry in kind.items()}
