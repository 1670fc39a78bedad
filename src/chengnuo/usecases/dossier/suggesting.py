"""Which rows of the register a complaint seems to be about, by its words; a person decides.

Nothing is kept of it: what a person maps the complaint to is an act like any other.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeVar

from chengnuo.base.text import Lang, Text
from chengnuo.domain.dossier.sorts.complaint_choices import CAUSE_WORDS
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.list_rows import list_rows
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import Recipient
from chengnuo.engines.text.alike import alike
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import CategoryId

LEAST: Final = 0.06
"""How alike a row has to be to be suggested; below it, no row is better than a wrong one."""
_MOST = 3
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """What a complaint seems to be about, the likeliest first; empty where nothing fits.

    Attributes:
        causes: Ids of causes.
        activities: Ids of activities.
        recipients: Ids of recipients.
        list_rows: Rows of the list of what is collected, as `activity/category`.

    """

    causes: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    list_rows: tuple[str, ...] = ()


def suggested(words: str, register: Register, catalogue: Catalogue) -> Suggested:
    """Return what a complaint seems to be about."""

    def named(category: CategoryId) -> str:
        return _both(catalogue.category(category).text)

    def of_activity(one: ProcessingActivity) -> str:
        service = register.service_by_id.get(one.service)
        return " ".join(
            (
                _both(one.purpose),
                _both(one.scene),
                "" if service is None else _both(service.name),
                *(named(item.category) for item in one.items),
            )
        )

    return Suggested(
        causes=_causes(words),
        activities=_nearest(words, register.activities, of_activity, lambda one: one.activity),
        recipients=_nearest(words, register.recipients, _of_recipient, lambda one: one.recipient),
        list_rows=_nearest(
            words,
            tuple(list_rows(register)),
            lambda row: f"{named(row[2])} {_both(row[1].purpose)}",
            lambda row: row[0],
        ),
    )


def _of_recipient(one: Recipient) -> str:
    kit = () if one.sdk is None else (one.sdk.name,)
    return " ".join((_both(one.name), *kit, _both(one.purpose)))


def _nearest(
    words: str, rows: Iterable[T], said: Callable[[T], str], row_id: Callable[[T], str]
) -> tuple[str, ...]:
    given = tuple(rows)
    scores = alike(words, [said(one) for one in given])
    ranked = sorted(zip(scores, map(row_id, given), strict=True), key=lambda one: (-one[0], one[1]))
    return tuple(found for score, found in ranked[:_MOST] if score >= LEAST)


def _causes(words: str) -> tuple[str, ...]:
    lower = words.lower()
    hits = {
        cause: sum(lower.count(one) * len(one) for one in said)
        for cause, said in CAUSE_WORDS.items()
    }
    found = sorted((one for one in hits if hits[one]), key=lambda one: -hits[one])
    return tuple(found[:_MOST])


def _both(text: Text) -> str:
    return f"{text.zh} {text.in_lang(Lang.EN)}"
