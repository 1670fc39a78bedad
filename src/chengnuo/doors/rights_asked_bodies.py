"""What an individual asks for under each right, as JSON; the only place of its wire names.

Unknown members are an error, so that nothing misspelt is passed over. Whether it goes with the
right is judged by the desk.
"""

from typing import Annotated, Literal

import msgspec

from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.rights.request import (
    CancellationAsked,
    ColumnChange,
    CorrectionAsked,
    DeletionAsked,
    ExplanationAsked,
    Ground,
    LabelAt,
    ReadAsked,
    RestrictionAsked,
    Scope,
    TransferAsked,
)
from chengnuo.doors.decision_bodies import Id
from chengnuo.law.ids import CategoryId

_MOST_NAMED = 200
_LEAST_PART, _MOST_PART = 1 << 16, 2 << 30
_MOST_WORDS = 2_000

Names = Annotated[tuple[Id, ...], msgspec.Meta(max_length=_MOST_NAMED)]
Said = Annotated[str, msgspec.Meta(max_length=_MOST_WORDS)]
Member = Annotated[str, msgspec.Meta(min_length=1, max_length=250)]
Plain = str | int | float | bool | None
Format = Literal["json", "csv", "xlsx", "html", "json-ld"]


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """A body in which an unknown member is an error."""


class ScopeBody(_Strict, frozen=True):
    """What part of the information; what is left out stands for everything."""

    activities: Names = ()
    categories: Names = ()

    def to_domain(self) -> Scope:
        """Return the value the use case takes."""
        return Scope(
            activities=tuple(map(ActivityId, self.activities)),
            categories=tuple(map(CategoryId, self.categories)),
        )


class ReadBody(_Strict, frozen=True, tag_field="kind", tag="read"):
    """Access or a copy (Art. 45); without formats a view.

    With `withCode` the files open by a pass code only; the individual sees it once, in the centre
    or by `rights:code`.
    """

    scope: ScopeBody = ScopeBody()
    formats: tuple[Format, ...] = ()
    part_bytes: Annotated[int, msgspec.Meta(ge=_LEAST_PART, le=_MOST_PART)] = 512 << 20
    with_code: bool = False

    def to_domain(self) -> ReadAsked:
        """Return the value the use case takes."""
        return ReadAsked(
            scope=self.scope.to_domain(),
            formats=self.formats,
            part_bytes=self.part_bytes,
            with_code=self.with_code,
        )


class TransferBody(_Strict, frozen=True, tag_field="kind", tag="transfer"):
    """A transfer to another handler (Art. 45 para. 3) by the offer that it gave."""

    offer: Annotated[str, msgspec.Meta(min_length=1, max_length=4_096)]
    scope: ScopeBody = ScopeBody()

    def to_domain(self) -> TransferAsked:
        """Return the value the use case takes."""
        return TransferAsked(scope=self.scope.to_domain(), offer=self.offer)


class ChangeBody(_Strict, frozen=True):
    """One value to be set; `row` as a copy of the information gives it."""

    table: Member
    column: Member
    value: Plain
    row: Annotated[str, msgspec.Meta(max_length=_MOST_WORDS)] = ""


class CorrectBody(_Strict, frozen=True, tag_field="kind", tag="correct"):
    """A correction or supplement (Art. 46)."""

    changes: Annotated[tuple[ChangeBody, ...], msgspec.Meta(min_length=1, max_length=_MOST_NAMED)]
    reason: Said = ""

    def to_domain(self) -> CorrectionAsked:
        """Return the value the use case takes."""
        return CorrectionAsked(
            changes=tuple(
                ColumnChange(table=one.table, row=one.row, column=one.column, value=one.value)
                for one in self.changes
            ),
            reason=self.reason,
        )


class LabelAtBody(_Strict, frozen=True):
    """One label, and the table of the register, `store.table`, that holds it."""

    table: Annotated[str, msgspec.Meta(min_length=3, max_length=200)]
    label: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]

    def to_domain(self) -> LabelAt:
        """Return the value the use case takes."""
        return LabelAt(table=self.table, label=self.label)


class DeleteBody(_Strict, frozen=True, tag_field="kind", tag="delete"):
    """A deletion on one of the grounds of Art. 47; with `label`, of one label and nothing else."""

    ground: Ground
    scope: ScopeBody = ScopeBody()
    label: LabelAtBody | None = None

    def to_domain(self) -> DeletionAsked:
        """Return the value the use case takes."""
        one = self.label
        scope = self.scope.to_domain() if one is None else Scope(label=one.to_domain())
        return DeletionAsked(ground=self.ground, scope=scope)


class RestrictionBody(_Strict, frozen=True, tag_field="kind", tag="restrict"):
    """A restriction or objection (Art. 44), set or lifted."""

    on: bool
    activity: Id | None = None
    recipient: Id | None = None

    def to_domain(self) -> RestrictionAsked:
        """Return the value the use case takes."""
        return RestrictionAsked(
            on=self.on,
            activity=None if self.activity is None else ActivityId(self.activity),
            recipient=None if self.recipient is None else RecipientId(self.recipient),
        )


class ExplainBody(_Strict, frozen=True, tag_field="kind", tag="explain"):
    """An explanation of the rules or of an automated decision (Arts. 48, 24)."""

    about: Id | None = None
    question: Said = ""

    def to_domain(self) -> ExplanationAsked:
        """Return the value the use case takes."""
        about = None if self.about is None else ActivityId(self.about)
        return ExplanationAsked(about=about, question=self.question)


class CancelBody(_Strict, frozen=True, tag_field="kind", tag="cancel"):
    """A cancellation of the account."""

    def to_domain(self) -> CancellationAsked:
        """Return the value the use case takes."""
        return CancellationAsked()


AskedBody = (
    ReadBody | TransferBody | CorrectBody | DeleteBody | RestrictionBody | ExplainBody | CancelBody
)
