"""`/v1/automated-decisions`: handing in automated decisions about individuals, and explaining them.

All are POST with the account id in the body. Handing in takes a key with `automated:write`; the
explanations, which hold what the decisions rested on, one with `automated:read`. Handing in the
same decision again finds the record there is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from chengnuo.domain.register.ids import ActivityId
from chengnuo.doors.automated_bodies import (
    AllowedAskedBody,
    AllowedBody,
    AutomatedAskedBody,
    AutomatedBody,
    AutomatedKeptBody,
    AutomatedListBody,
    ReviewsAskedBody,
    ReviewsBody,
    kept_body,
    review_body,
    seen_body,
)
from chengnuo.doors.http.posted import Operation, Posted, operation
from chengnuo.doors.http.programs import STATUS
from chengnuo.ports.api_keys import ApiScope
from chengnuo.usecases.decision.automated import AutomatedDesk
from chengnuo.usecases.decision.reviews import ReviewDesk

PATH = "/v1/automated-decisions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Automated(Posted):
    """The ASGI callable.

    Attributes:
        desk: Records and explains.
        reviews: Reviews by a person; None where there are none.

    """

    statuses: ClassVar[Mapping[str, int]] = {
        **STATUS,
        "automated-refused": 422,
        "no-such-automated-decision": 404,
        "payload-refused": 422,
    }
    desk: AutomatedDesk
    reviews: ReviewDesk | None = None

    def operation_at(self, path: str) -> Operation:
        """See `Posted.operation_at`."""
        return OPERATIONS[path]

    def record(self, body: AutomatedBody) -> AutomatedKeptBody:
        """Record an automated decision; durable when it is answered."""
        return kept_body(self.desk.record(self.person(body.person), body.to_domain()))

    def allowed(self, body: AllowedAskedBody) -> AllowedBody:
        """Tell what a decision made now may rest on, as the individual has chosen."""
        found = self.desk.allowed(self.person(body.person), ActivityId(body.activity))
        return AllowedBody(personal=found.personal, alone=found.alone)

    def explain(self, body: AutomatedAskedBody) -> AutomatedListBody:
        """Explain recorded decisions about an individual, newest first; or one of them."""
        person = self.person(body.person)
        if body.position is None:
            return AutomatedListBody(decisions=tuple(map(seen_body, self.desk.of(person))))
        return AutomatedListBody(decisions=(seen_body(self.desk.one(person, body.position)),))

    def reviewed(self, body: ReviewsAskedBody) -> ReviewsBody:
        """Return decisions that a person reviewed, with the new outcome, newest first."""
        lines = () if self.reviews is None else self.reviews.decided(since=body.since)
        return ReviewsBody(reviews=tuple(review_body(one, key) for one, key in lines))


_operation = partial(operation, PATH)
_READ, _WRITE = ApiScope.AUTOMATED_READ, ApiScope.AUTOMATED_WRITE
OPERATIONS: Mapping[str, Operation] = {
    one.path: one
    for one in (
        _operation("", _WRITE, AutomatedBody, AutomatedKeptBody, Automated.record),
        _operation("allowed", _WRITE, AllowedAskedBody, AllowedBody, Automated.allowed),
        _operation("explain", _READ, AutomatedAskedBody, AutomatedListBody, Automated.explain),
        _operation("reviewed", _READ, ReviewsAskedBody, ReviewsBody, Automated.reviewed),
    )
}
"""Every route by its path."""
