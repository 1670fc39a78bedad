"""Labels about individuals as JSON: which are kept, which were deleted; its only wire names."""

from datetime import datetime
from typing import Annotated

import msgspec

from chengnuo.doors.decision_bodies import AccountText, Id
from chengnuo.usecases.rights.labels import LabelSeen, LabelsSeen

_MOST_LABELS = 200
LabelText = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """A body in which an unknown member is an error."""


class WhoseLabelsBody(_Strict, frozen=True):
    """Whose labels are asked about."""

    person: AccountText


class LabelsAskedBody(_Strict, frozen=True):
    """Labels of a model that shall be kept or used for somebody."""

    person: AccountText
    model: Id
    labels: Annotated[tuple[LabelText, ...], msgspec.Meta(min_length=1, max_length=_MOST_LABELS)]


class LabelPutBody(_Strict, frozen=True):
    """A label of a model that is about to be kept for somebody."""

    person: AccountText
    model: Id
    label: LabelText


class LabelBody(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """A label as it is kept; with `deletedAt`, it came back after it had been deleted."""

    table: str
    label: str
    model: str
    learned_from: str = ""
    since: str = ""
    deleted_at: datetime | None = None


class LabelsBody(msgspec.Struct, frozen=True, rename="camel"):
    """The labels about somebody; `complete` is false where a store could not be asked."""

    labels: tuple[LabelBody, ...]
    complete: bool


class LabelDeletedBody(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """Whether a label was deleted, and so may be neither kept nor used."""

    label: str
    deleted: bool
    deleted_at: datetime | None = None


class LabelsDeletedBody(msgspec.Struct, frozen=True):
    """An answer for each label, in the order asked."""

    labels: tuple[LabelDeletedBody, ...]


class LabelKeptBody(msgspec.Struct, frozen=True):
    """The label may be kept; nothing of it is kept here."""

    allowed: bool = True


def labels_body(seen: LabelsSeen) -> LabelsBody:
    """Return the labels about somebody."""
    return LabelsBody(labels=tuple(map(_label, seen.labels)), complete=not seen.away)


def _label(one: LabelSeen) -> LabelBody:
    return LabelBody(
        table=one.table,
        label=one.label,
        model=one.model,
        learned_from=one.learned_from,
        since=one.since,
        deleted_at=one.deleted_at,
    )
