"""`/v1/dossiers`: back ends of the operator open dossiers, act in them and follow them.

All are POST with account ids in the body alone. Opening and acting take a key with
`dossier:write`, seeing one with `dossier:read`; private words are shown only to a key that has
`dossier:read-private`, too, and asks for them, and that it looked at an individual's dossier is
recorded in that one's chain first. A key that belongs to a recipient acts as that one: it sees what
is about it as a recipient, and does there what recipients do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import ClassVar

from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.fields import DossierFieldError
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.sort import Concerns
from chengnuo.domain.dossier.standing import NotYourActError
from chengnuo.doors.dossier_bodies import (
    DossierActBody,
    DossierAskedBody,
    DossierBody,
    DossiersAskedBody,
    DossiersBody,
    DossierSortsAskedBody,
    OpenDossierBody,
    dossier_body,
    line_body,
)
from chengnuo.doors.dossier_sort_bodies import DossierSortsBody, sort_body
from chengnuo.doors.http.posted import Operation, Posted, operation
from chengnuo.doors.http.programs import STATUS
from chengnuo.ports.api_keys import ApiKey, ApiScope
from chengnuo.ports.dossiers import NoSuchDossierError
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.api_keys import ApiScopeError
from chengnuo.usecases.dossier.desk import PERSON, DossierDesk
from chengnuo.usecases.dossier.reading import DossierReading
from chengnuo.usecases.dossier.seen import Actor, sees_sort

PATH = "/v1/dossiers"
_KEYED = "dossier-handed-in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossiers(Posted):
    """The ASGI callable.

    Attributes:
        reading: Shows private words, recorded; its desk does everything else.
        names: Returns all pseudonymous keys of an individual.

    """

    statuses: ClassVar[Mapping[str, int]] = {
        **STATUS,
        "dossier-act-refused": 422,
        "dossier-field": 422,
    }
    reading: DossierReading
    names: Callable[[PersonKey], frozenset[PersonKey]]

    def operation_at(self, path: str) -> Operation:
        """See `Posted.operation_at`."""
        return OPERATIONS[path]

    def for_key(self, key: ApiKey) -> "DossierCaller":
        """See `Posted.for_key`."""
        return DossierCaller(routes=self, key=key)


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierCaller:
    """What a program with one key does.

    Attributes:
        routes: What it came by.
        key: Its key.

    """

    routes: Dossiers
    key: ApiKey

    def open(self, body: OpenDossierBody) -> DossierBody:
        """Open a dossier; durable and recorded when it is answered."""
        routes, desk = self.routes, self._desk
        person = "" if body.person is None else routes.person(body.person)
        if not desk.sorts[body.sort].by_key:
            raise NotYourActError(body.what, self._actor(None).party)
        if person and desk.sorts[body.sort].concerns is Concerns.NOBODY:
            raise DossierFieldError(PERSON, "none, as dossiers of this sort are about nobody")
        told_by = f"{self.key.id}:{body.sort}:{person}:{body.key}"
        seen = desk.open(
            body.sort,
            body.what,
            self._actor(None),
            body.fields,
            person=person,
            key="" if body.key is None else desk.tokens.keyed(_KEYED, told_by),
        )
        return dossier_body(seen, desk.clock.now())

    def act(self, body: DossierActBody) -> DossierBody:
        """Do something in a dossier; durable and recorded when it is answered."""
        actor = self._actor(body.person)
        self._held(body.dossier, actor)
        seen = self._desk.act(DossierId(body.dossier), body.what, actor, body.fields)
        return dossier_body(seen, self._desk.clock.now())

    def get(self, body: DossierAskedBody) -> DossierBody:
        """Return a dossier: where it stands, its deadlines, what was done and what can be done."""
        actor, wanted = self._actor(body.person), DossierId(body.dossier)
        if body.with_private and ApiScope.DOSSIER_READ_PRIVATE not in self.key.scopes:
            raise ApiScopeError(ApiScope.DOSSIER_READ_PRIVATE)
        self._held(body.dossier, actor)
        shower = self.routes.reading if body.with_private else self._desk
        seen = shower.one(wanted, actor)
        return dossier_body(seen, self._desk.clock.now(), private=body.with_private)

    def list(self, body: DossiersAskedBody) -> DossiersBody:
        """Return dossiers, what is due first first; of one individual, the newest first."""
        desk, actor = self._desk, self._actor(body.person)
        asked = tuple(desk.sorts) if body.sorts is None else body.sorts
        sorts = tuple(one for one in asked if desk.sorts[one].by_key)
        if body.person is None:
            found = desk.queue(actor, sorts, open_only=body.open_only, limit=body.limit)
        else:
            found = desk.of(actor, sorts, open_only=body.open_only, limit=body.limit)
        now = desk.clock.now()
        return DossiersBody(
            dossiers=tuple(line_body(one, now) for one in islice(found, body.limit))
        )

    def sorts(self, body: DossierSortsAskedBody) -> DossierSortsBody:
        """Return the tables of sorts: states, acts with their fields and choices, deadlines."""
        party = self._actor(None).party
        return DossierSortsBody(
            sorts=tuple(
                sort_body(sort, party)
                for sort in self._desk.sorts.values()
                if sort.by_key
                and sees_sort(sort, party)
                and (body.sorts is None or sort.id in body.sorts)
            )
        )

    def _held(self, wanted: str, actor: Actor) -> None:
        """Keep programs off the dossiers that are not for them, as if there were none.

        Raises:
            NoSuchDossierError: It is one of those, or there is none that they may see.

        """
        if not self._desk.one(DossierId(wanted), actor).sort.by_key:
            raise NoSuchDossierError

    @property
    def _desk(self) -> DossierDesk:
        return self.routes.reading.desk

    def _actor(self, account: str | None) -> Actor:
        """Return who acts; with an account, only in dossiers about that individual."""
        names = frozenset[str]()
        if account is not None:
            names = frozenset(self.routes.names(self.routes.person(account)))
        if self.key.recipient:
            return Actor(id=self.key.recipient, party=Party.PARTNER, names=names)
        return Actor(id=self.key.id, party=Party.SERVICE, names=names)


_operation = partial(operation, PATH)
_READ, _WRITE = ApiScope.DOSSIER_READ, ApiScope.DOSSIER_WRITE
OPERATIONS: Mapping[str, Operation] = {
    one.path: one
    for one in (
        _operation("", _WRITE, OpenDossierBody, DossierBody, DossierCaller.open),
        _operation("act", _WRITE, DossierActBody, DossierBody, DossierCaller.act),
        _operation("get", _READ, DossierAskedBody, DossierBody, DossierCaller.get),
        _operation("list", _READ, DossiersAskedBody, DossiersBody, DossierCaller.list),
        _operation("sorts", _READ, DossierSortsAskedBody, DossierSortsBody, DossierCaller.sorts),
    )
}
"""Every route by its path."""
