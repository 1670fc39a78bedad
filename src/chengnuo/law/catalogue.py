"""The catalogue of the law: duties, categories, app types, figures and terms, looked up by id.

A value. An adapter reads it from the data files once; nothing changes it afterwards. Its version
stands in every answer that was given by it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import takewhile
from typing import ClassVar

from chengnuo.base.digest import short
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Lang
from chengnuo.law.app_type import AppType
from chengnuo.law.category import PICategory, PIGroup
from chengnuo.law.duty import Duty, DutyKind, SkippedArticle
from chengnuo.law.figure import Figure
from chengnuo.law.ids import (
    AppTypeId,
    CategoryId,
    DutyId,
    FigureId,
    GroupId,
    InstrumentId,
    TermId,
)
from chengnuo.law.instrument import Instrument
from chengnuo.law.term import Term

MAX_NEAR_MATCHES = 3
_CANDIDATES = 12


class UnknownLawError(InvalidInputError):
    """The catalogue does not hold the id asked for; `near` holds ids that look like it."""

    code: ClassVar[str] = "unknown-law"
    noun: ClassVar[str] = "entry"

    def __init__(self, given: str, near: tuple[str, ...], *, hint: str = "") -> None:
        nearby = f"; near: {', '.join(f'`{name}`' for name in near)}" if near else ""
        because = f" ({hint})" if hint else ""
        super().__init__(f"{self.noun} `{given[:60]}` is not in the law catalogue{because}{nearby}")
        self.given = given
        self.near = near
        self.hint = hint


class UnknownDutyError(UnknownLawError):
    """No duty has this id."""

    code: ClassVar[str] = "unknown-duty"
    noun: ClassVar[str] = "duty"


class UnknownCategoryError(UnknownLawError):
    """No category of personal information has this id."""

    code: ClassVar[str] = "unknown-category"
    noun: ClassVar[str] = "category"


class UnknownAppTypeError(UnknownLawError):
    """No app type has this id."""

    code: ClassVar[str] = "unknown-app-type"
    noun: ClassVar[str] = "app type"


class UnknownFigureError(UnknownLawError):
    """No deadline or threshold has this id."""

    code: ClassVar[str] = "unknown-figure"
    noun: ClassVar[str] = "figure"


class UnknownLawSetError(UnknownLawError):
    """No set of duties has this name."""

    code: ClassVar[str] = "unknown-law-set"
    noun: ClassVar[str] = "set"


@dataclass(frozen=True, slots=True)
class LawVersion:
    """Which state of the catalogue: the month of its facts and the SHA-256 of its files."""

    date: str
    digest: str

    def __str__(self) -> str:
        return f"{self.date} · {short(self.digest)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything the product knows of the law, by id, in the order of the files.

    `sets` names the sets of duties (`duty`, `pledge`, `pipl`, …) and holds their top-level ids;
    parts of duties are in `duties` but in no set.
    """

    version: LawVersion
    instruments: Mapping[InstrumentId, Instrument]
    duties: Mapping[DutyId, Duty]
    sets: Mapping[str, tuple[DutyId, ...]]
    skipped: Mapping[DutyId, SkippedArticle]
    groups: Mapping[GroupId, PIGroup]
    categories: Mapping[CategoryId, PICategory]
    app_types: Mapping[AppTypeId, AppType]
    figures: Mapping[FigureId, Figure]
    terms: Mapping[TermId, Term]

    def duty(self, wanted: str) -> Duty:
        """Return a duty or a part of one.

        Raises:
            UnknownDutyError: No duty has this id; an article that lays no duty on a handler is
                named with the reason.

        """
        found = self.duties.get(DutyId(wanted))
        if found is not None:
            return found
        skipped = self.skipped.get(DutyId(wanted))
        hint = f"no duty of a handler: {skipped.reason.in_lang(Lang.EN)}" if skipped else ""
        raise UnknownDutyError(wanted, near_matches(wanted, self.duties), hint=hint)

    def category(self, wanted: str) -> PICategory:
        """Return a category of personal information.

        Raises:
            UnknownCategoryError: No category has this id.

        """
        found = self.categories.get(CategoryId(wanted))
        if found is None:
            raise UnknownCategoryError(wanted, near_matches(wanted, self.categories))
        return found

    def app_type(self, wanted: str) -> AppType:
        """Return an app type.

        Raises:
            UnknownAppTypeError: No app type has this id.

        """
        found = self.app_types.get(AppTypeId(wanted))
        if found is None:
            raise UnknownAppTypeError(wanted, near_matches(wanted, self.app_types))
        return found

    def figure(self, wanted: str) -> Figure:
        """Return a deadline or threshold.

        Raises:
            UnknownFigureError: No figure has this id.

        """
        found = self.figures.get(FigureId(wanted))
        if found is None:
            raise UnknownFigureError(wanted, near_matches(wanted, self.figures))
        return found

    def in_set(self, name: str) -> tuple[Duty, ...]:
        """Return the duties of a set, whole duties only, in the order of the text.

        Raises:
            UnknownLawSetError: No set has this name.

        """
        ids = self.sets.get(name)
        if ids is None:
            raise UnknownLawSetError(name, near_matches(name, self.sets, at_least=0.3))
        return tuple(self.duties[each] for each in ids)

    def carried_by(self, wanted: str) -> tuple[Duty, ...]:
        """Return the product duties and pledge items that rest on a duty, in order.

        A part counts for its whole: what rests on `PIPL-24.2` rests on `PIPL-24`.
        """
        duty = self.duty(wanted)
        names = {duty.id, *duty.parts}
        return tuple(
            each
            for each in self.duties.values()
            if each.kind in {DutyKind.PRODUCT, DutyKind.PLEDGE} and names.intersection(each.related)
        )

    def citation(self, wanted: str, lang: Lang) -> str:
        """Return the short citation of a duty: `PIPL 第14条`, `191号文 3.4`, `PIPL Art. 14`.

        Raises:
            UnknownDutyError: No duty has this id.

        """
        duty = self.duty(wanted)
        return self.instruments[duty.instrument].citation(duty.article, duty.place, lang)

    def number(self, wanted: str) -> int:
        """Return a figure that is a whole number.

        Raises:
            UnknownFigureError: No figure has this id.
            TypeError: The figure is no whole number; whoever asks is wrong, not the catalogue.

        """
        value = self.figure(wanted).value
        if not isinstance(value, int):
            message = f"figure `{wanted}` is not a whole number"
            raise TypeError(message)
        return value

    def figure_citation(self, wanted: str, lang: Lang) -> str:
        """Return the short citation of what a figure rests on.

        Raises:
            UnknownFigureError: No figure has this id.

        """
        figure = self.figure(wanted)
        return self.instruments[figure.instrument].citation(figure.article, figure.place, lang)


def near_matches(wanted: str, names: Iterable[str], *, at_least: float = 0.6) -> tuple[str, ...]:
    """Return up to three names that look like the one wanted, those that begin alike first.

    Case does not count, so `pipl-14` finds `PIPL-14`.
    """
    by_folded: dict[str, str] = {}
    for name in names:
        by_folded.setdefault(name.casefold(), name)
    given = wanted[:60].casefold()
    close = get_close_matches(given, by_folded, _CANDIDATES, at_least)
    close.sort(key=lambda each: (-_alike_from_the_start(given, each), len(each), each))
    return tuple(by_folded[each] for each in close[:MAX_NEAR_MATCHES])


def _alike_from_the_start(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
