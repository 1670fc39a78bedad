"""`/v1/labels`: what the operator's engines ask about labels of individuals (画像标签).

All are POST with the account id in the body. What is kept, a key with `automated:read` may ask; an
engine that keeps and uses labels asks with `automated:write` which of them the individual deleted,
and before it keeps one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from chengnuo.domain.register.ids import ModelId
from chengnuo.doors.http.posted import Operation, Posted, operation
from chengnuo.doors.http.programs import STATUS
from chengnuo.doors.label_bodies import (
    LabelDeletedBody,
    LabelKeptBody,
    LabelPutBody,
    LabelsAskedBody,
    LabelsBody,
    LabelsDeletedBody,
    WhoseLabelsBody,
    labels_body,
)
from chengnuo.ports.api_keys import ApiScope
from chengnuo.usecases.rights.labels import LabelDesk

PATH = "/v1/labels"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels(Posted):
    """The ASGI callable.

    Attributes:
        desk: Reads labels and knows which were deleted.

    """

    statuses: ClassVar[Mapping[str, int]] = {**STATUS, "no-such-labels": 422}
    desk: LabelDesk

    def operation_at(self, path: str) -> Operation:
        """See `Posted.operation_at`."""
        return OPERATIONS[path]

    def kept(self, body: WhoseLabelsBody) -> LabelsBody:
        """Return the labels about somebody, read from the stores where they are kept."""
        return labels_body(self.desk.of(self.person(body.person), body.person))

    def deleted(self, body: LabelsAskedBody) -> LabelsDeletedBody:
        """Tell of each label whether the individual deleted it: then it may not be used."""
        person, model = self.person(body.person), ModelId(body.model)
        found = self.desk.deleted(person, model, body.labels)
        return LabelsDeletedBody(
            labels=tuple(
                LabelDeletedBody(label=label, deleted=at is not None, deleted_at=at)
                for label, at in zip(body.labels, found, strict=True)
            )
        )

    def put(self, body: LabelPutBody) -> LabelKeptBody:
        """Let a label be kept; one that the individual deleted is 409 `label-deleted`."""
        self.desk.keep(self.person(body.person), ModelId(body.model), body.label)
        return LabelKeptBody()


_operation = partial(operation, PATH)
_READ, _WRITE = ApiScope.AUTOMATED_READ, ApiScope.AUTOMATED_WRITE
OPERATIONS: Mapping[str, Operation] = {
    one.path: one
    for one in (
        _operation("", _READ, WhoseLabelsBody, LabelsBody, Labels.kept),
        _operation("deleted", _WRITE, LabelsAskedBody, LabelsDeletedBody, Labels.deleted),
        _operation("put", _WRITE, LabelPutBody, LabelKeptBody, Labels.put),
    )
}
"""Every route by its path."""
