"""Working on dossiers: open one, act in it, see where it stands.

An act is durable in the store first, then recorded, then acknowledged. A stop in between leaves an
act without position; before anything else is done in its dossier, and at the next start, it is
looked for in the log and recorded if it is not there: never twice, never not at all.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import RLock
from typing import TypeAlias

from chengnuo.base.text import Text
from chengnuo.domain.dossier.clocks import Clock, check_starts, clocks_of
from chengnuo.domain.dossier.dossier import Act, Dossier, DossierId, fields_digest
from chengnuo.domain.dossier.fields import (
    DossierFieldError,
    Known,
    Value,
    checked_fields,
    open_part,
)
from chengnuo.domain.dossier.party import OUTSIDE, Party
from chengnuo.domain.dossier.sort import Concerns, DossierSort
from chengnuo.domain.dossier.standing import ActRefusedError, check_said, checked_act, state_of
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.working_calendar import WorkingCalendar
from chengnuo.ports.clock import Clock as Now
from chengnuo.ports.dossiers import DossierStore, Kept, NoSuchDossierError, Said
from chengnuo.ports.secrets import Tokens
from chengnuo.usecases.dossier.following import following
from chengnuo.usecases.dossier.guarding import SERVICE, check_further, is_reserved
from chengnuo.usecases.dossier.recording import DossierRecorder, open_act
from chengnuo.usecases.dossier.seen import Actor, Seen, check_own, sees, sees_sort
from chengnuo.usecases.evidence.file_requests import FourEyesError
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.staff_rules import is_single_person

Refuses: TypeAlias = Callable[
    [DossierSort, Dossier | None, str, Mapping[str, Value], datetime], Text | None
]


def never_refused(*_: object) -> None:
    """Refuse nothing."""


_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Signs of an id: none that is taken for another when it is read out or copied by hand."""
_ID_SIGNS, _SALT_BYTES = 10, 16
PERSON = "account"
"""Field of a form that names whom a dossier is about; the account id itself is never kept."""
_MOST_QUEUED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierDesk:
    """The use cases of dossiers; safe to call from several threads.

    Attributes:
        store: Keeps them.
        recorder: Records what is done.
        clock: Tells the instant.
        tokens: Makes ids and salts.
        catalogue: Holds the figures of the deadlines.
        calendar: The official working days.
        sorts: The sorts of dossier by id.
        known: Returns the ids of a kind of row in the register in force.
        promised: Returns shorter deadlines of the operator: sort, clock, length.
        enabled_accounts: How many accounts could act; four eyes bind from two on.
        refuses: Says why an act cannot be done now, by what stands outside of its dossier, or None.
        changing: Is held while an act is recorded.

    """

    store: DossierStore
    recorder: Recorder
    clock: Now
    tokens: Tokens
    catalogue: Catalogue
    calendar: WorkingCalendar
    sorts: Mapping[str, DossierSort]
    known: Known
    promised: Callable[[], Mapping[str, Mapping[str, int]]]
    enabled_accounts: Callable[[], int]
    refuses: Refuses = never_refused
    changing: Callable[[], AbstractContextManager[None]] = nullcontext
    _doing: AbstractContextManager[bool] = field(
        default_factory=RLock, init=False, repr=False, compare=False
    )

    @property
    def recording(self) -> DossierRecorder:
        """What records acts."""
        return DossierRecorder(store=self.store, recorder=self.recorder, changing=self.changing)

    def open(  # noqa: PLR0913  what a dossier begins with
        self,
        sort: str,
        what: str,
        actor: Actor,
        given: Mapping[str, Value],
        *,
        person: str = "",
        key: str = "",
    ) -> Seen:
        """Open a dossier; durable and recorded on return.

        Args:
            sort: Id of its sort.
            what: The act that opens it.
            actor: Who opens it.
            given: What is said.
            person: Pseudonymous key of the individual it is about; empty for nobody.
            key: What tells it from others; handed in again, the dossier there is comes back.

        Raises:
            NoSuchActError: The sort has none that opens a dossier so.
            NotYourActError: It is not for them to do.
            DossierFieldError: A field is missing, unknown, or has another form.
            ActRefusedError: It cannot be done as it was given.
            DossierMovedError: Another process opened one under the key meanwhile.
            LogUnavailableError: It is kept, and will be recorded.

        """
        kind = self.sorts[sort]
        checked_act(kind, None, what, actor.party, by=actor.id)
        if kind.concerns is Concerns.NOBODY:
            person = ""
        if kind.concerns is Concerns.ONE and not person:
            raise DossierFieldError(PERSON, "the account of the individual concerned")
        with self._doing:
            known = self.store.by_key(key) if key else None
            if known is not None:
                there_is = self._seen_by(known, actor)
                self.recording.mend(self.sorts[there_is.sort], there_is)
                return self.one(known, actor)
            act, said = self._made(kind, None, what, actor, given)
            check_own(actor, act.fields)
            dossier = Dossier(id=self._fresh_id(kind), sort=sort, person=person, acts=(act,))
            shown = replace(dossier, acts=(open_act(kind, act),))
            self.store.add(shown, said, self._kept(kind, dossier), key=key)
            self.recording.record(kind, dossier, act, is_new=True)
        return self.one(dossier.id, actor)

    def act(self, wanted: DossierId, what: str, actor: Actor, given: Mapping[str, Value]) -> Seen:
        """Do something in a dossier; durable and recorded on return.

        Raises:
            NoSuchDossierError: There is none, or none that they may see.
            NoSuchActError: Its sort has no such act.
            NotYourActError: It is not for them to do.
            DossierStateError: It does not go with the state.
            FourEyesError: A second person has to do it.
            DossierFieldError: A field is missing, unknown, or has another form.
            ActRefusedError: It cannot be done as it was given.
            DossierMovedError: Somebody else did something meanwhile.
            LogUnavailableError: It is kept, and will be recorded before anything follows.

        """
        with self._doing:
            dossier = self._seen_by(wanted, actor)
            kind = self.sorts[dossier.sort]
            self.recording.mend(kind, dossier)
            act, said = self._made(kind, dossier, what, actor, given)
            check_further(self.store, dossier, what, actor)
            after_it = replace(dossier, acts=(*dossier.acts, act))
            shown = open_act(kind, act)
            self.store.append(dossier.id, shown, said, self._kept(kind, after_it))
            self.recording.record(kind, after_it, act, is_new=True)
            self.follow(after_it)
        return self.one(wanted, actor)

    def follow(self, dossier: Dossier) -> None:
        """Open the dossiers that one sets going and that are not there yet."""
        for one in following(dossier):
            self.open(one.sort, one.what, SERVICE, one.fields, key=one.key)

    def one(self, wanted: DossierId, actor: Actor) -> Seen:
        """Return a dossier as somebody may see it.

        Raises:
            NoSuchDossierError: There is none, or none that they may see.

        """
        return self._seen(self._seen_by(wanted, actor), actor)

    def of(
        self,
        actor: Actor,
        sorts: Sequence[str],
        *,
        open_only: bool = False,
        skip: int = 0,
        limit: int = _MOST_QUEUED,
    ) -> tuple[Seen, ...]:
        """Return dossiers of some sorts about an individual, the newest first."""
        allowed = [one for one in sorts if sees_sort(self.sorts[one], actor.party)]
        most = _MOST_QUEUED if actor.party is Party.PARTNER else limit  # others' are left out below
        found = self.store.of(
            sorted(actor.names), allowed, open_only=open_only, skip=skip, limit=most
        )
        return tuple(self._seen(one, actor) for one in found if sees(self.sorts, one, actor))

    def count_of(self, actor: Actor, sorts: Sequence[str]) -> int:
        """Return how many dossiers of some sorts there are about an individual."""
        return self.store.count_of(sorted(actor.names), sorts)

    def queue(  # noqa: PLR0913  which, and which part of them
        self,
        actor: Actor,
        sorts: Sequence[str],
        *,
        open_only: bool = True,
        due: tuple[datetime, datetime] | None = None,
        states: Sequence[tuple[str, str]] = (),
        skip: int = 0,
        limit: int = _MOST_QUEUED,
    ) -> tuple[Seen, ...]:
        """Return dossiers of some sorts that somebody may read, what is due first first."""
        allowed = [one for one in sorts if sees_sort(self.sorts[one], actor.party)]
        most = _MOST_QUEUED if actor.party is Party.PARTNER else limit  # others' are left out below
        found = self.store.every(
            allowed, open_only=open_only, due=due, states=states, skip=skip, limit=most
        )
        return tuple(self._seen(one, actor) for one in found if sees(self.sorts, one, actor))

    def mend(self) -> int:
        """Record the acts that a stop left unrecorded; return how many there were."""
        with self._doing:
            return sum(
                self.recording.mend(self.sorts[dossier.sort], dossier)
                for dossier in map(self.store.one, self.store.unrecorded())
                if dossier is not None and dossier.sort in self.sorts
            )

    def clocks(self, dossier: Dossier) -> tuple[Clock, ...]:
        """Return the deadlines of a dossier."""
        kind = self.sorts[dossier.sort]
        promised = self.promised().get(kind.id, {})
        return clocks_of(kind, dossier, self.catalogue, self.calendar, promised)

    def _made(
        self,
        kind: DossierSort,
        dossier: Dossier | None,
        what: str,
        actor: Actor,
        given: Mapping[str, Value],
    ) -> tuple[Act, Said]:
        sort, same = checked_act(kind, dossier, what, actor.party, by=actor.id)
        single = is_single_person(self.enabled_accounts())
        if same and not single:
            raise FourEyesError
        fields = checked_fields(sort.fields, given, self.known)
        at = self.clock.now()
        check_starts(kind, what, fields, at)
        check_said(sort, dossier, fields)
        why = self.refuses(kind, dossier, what, fields, at)
        if why is not None:
            raise ActRefusedError(what, why)
        salt = self.tokens.random_bytes(_SALT_BYTES)
        if dossier is not None:
            # A clock that was set back moves no act before another.
            at = max(at, dossier.acts[-1].at)
        act = Act(
            number=1 if dossier is None else len(dossier.acts) + 1,
            what=what,
            by=actor.id,
            party=actor.party,
            at=at,
            single_person=bool(sort.not_by_author_of) and single,
            fields=fields,
            digest=fields_digest(salt, fields),
        )
        shown = open_part(sort.fields, fields)
        private = {name: value for name, value in fields.items() if name not in shown}
        return act, Said(private=private, salt=salt)

    def due_in(self, dossier: Dossier) -> datetime | None:
        """Return by when something has to be done next in a dossier; None where nothing runs."""
        running = (clock for clock in self.clocks(dossier) if clock.met_at is None)
        return min((clock.deadline.until for clock in running), default=None)

    def _kept(self, kind: DossierSort, dossier: Dossier) -> Kept:
        state = state_of(kind, dossier)
        return Kept(
            state=state.id,
            final_at=dossier.acts[-1].at if state.final else None,
            due_at=self.due_in(dossier),
        )

    def _seen_by(self, wanted: DossierId, actor: Actor) -> Dossier:
        dossier = self.store.one(wanted)
        if dossier is None or not sees(self.sorts, dossier, actor):
            raise NoSuchDossierError
        return dossier

    def _seen(self, dossier: Dossier, actor: Actor) -> Seen:
        kind = self.sorts[dossier.sort]
        state = state_of(kind, dossier)
        shown = dossier
        if actor.party in OUTSIDE | {Party.PARTNER}:
            visible = {act.what for act in kind.acts if act.shown or actor.party in act.by}
            shown = replace(dossier, acts=tuple(act for act in dossier.acts if act.what in visible))
        return Seen(
            dossier=shown,
            sort=kind,
            state=state,
            clocks=self.clocks(dossier),
            acts=tuple(
                act
                for act in kind.open_acts(state.id, actor.party)
                if not is_reserved(kind.id, act.what, actor)
            ),
            opened_at=dossier.opened_at,
        )

    def _fresh_id(self, kind: DossierSort) -> DossierId:
        signs = self.tokens.random_bytes(_ID_SIGNS)
        return DossierId(f"{kind.prefix}-" + "".join(_SIGNS[one % len(_SIGNS)] for one in signs))
