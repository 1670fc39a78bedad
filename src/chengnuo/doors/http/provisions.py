"""`/v1/provisions`: information is to go abroad; asked before it goes, recorded, counted.

All are POST with account ids in the body alone. Handing in takes a key with `provision:write`; how
the year stands, which names nobody, one with `provision:read`. A no is an answer with status 200
and `mayGo` false: what is wrong stands in it, with articles.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from chengnuo.doors.border_bodies import (
    CountAskedBody,
    OutlookBody,
    ProvidedBody,
    ProvisionBody,
    ProvisionsBody,
    outlook_body,
    provided_body,
)
from chengnuo.doors.http.posted import Operation, Posted, operation
from chengnuo.doors.http.programs import STATUS
from chengnuo.ports.api_keys import ApiScope
from chengnuo.usecases.borders.desk import BorderDesk

PATH = "/v1/provisions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provisions(Posted):
    """The ASGI callable.

    Attributes:
        desk: Decides, records and counts.

    """

    statuses: ClassVar[Mapping[str, int]] = {
        **STATUS,
        "provision-not-abroad": 422,
        "recount-too-long": 422,
    }
    desk: BorderDesk

    def operation_at(self, path: str) -> Operation:
        """See `Posted.operation_at`."""
        return OPERATIONS[path]

    def one(self, body: ProvisionBody) -> ProvidedBody:
        """Tell whether an individual's information may go abroad, and record that it goes."""
        persons = [self.person(body.person)]
        return provided_body(self.desk.providing.provide(persons, body.to_domain()))

    def batch(self, body: ProvisionsBody) -> ProvidedBody:
        """The same for up to a thousand individuals, who go together or not at all."""
        persons = [self.person(account) for account in body.persons]
        return provided_body(self.desk.providing.provide(persons, body.to_domain()))

    def count(self, body: CountAskedBody) -> OutlookBody:
        """Return how many people's information went abroad in a civil year, and what follows."""
        return outlook_body(self.desk.outlook(body.year, recount=body.recount))


_operation = partial(operation, PATH)
OPERATIONS: Mapping[str, Operation] = {
    one.path: one
    for one in (
        _operation("", ApiScope.PROVISION_WRITE, ProvisionBody, ProvidedBody, Provisions.one),
        _operation(
            "batch", ApiScope.PROVISION_WRITE, ProvisionsBody, ProvidedBody, Provisions.batch
        ),
        _operation("count", ApiScope.PROVISION_READ, CountAskedBody, OutlookBody, Provisions.count),
    )
}
"""Every route by its path."""
