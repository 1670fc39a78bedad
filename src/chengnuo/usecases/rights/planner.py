"""From a request to its plan, from the plan to what was done, and the look afterwards."""

import hmac
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime

from chengnuo.base.canonical import canonical_json
from chengnuo.base.digest import sha256_hex
from chengnuo.domain.rights.plan import Plan, RowFate, StorePlan
from chengnuo.domain.rights.request import (
    Asked,
    DeletionAsked,
    LabelAt,
    ReadAsked,
    RequestId,
    RightsRequest,
    TransferAsked,
)
from chengnuo.ports.record_source import Sources, StoreUnavailableError
from chengnuo.ports.rights_scratch import Scratch, Scratches
from chengnuo.usecases.rights.carrying_out import Carrying
from chengnuo.usecases.rights.copying import Copying, exported
from chengnuo.usecases.rights.drafting import draft_of, read_scope, stopped, whole
from chengnuo.usecases.rights.looking import Looked, look, tables_of, too_many, unavailable
from chengnuo.usecases.rights.looking_again import look_again
from chengnuo.usecases.rights.planner_values import (
    Beat,
    Carried,
    PlanOutdatedError,
    Residue,
    RowPage,
    RowTaker,
    Surroundings,
)
from chengnuo.usecases.rights.survey import Survey, TooManyRowsError
from chengnuo.usecases.rights.survey_others import look_for_others

__all__ = [
    "Beat",
    "Carried",
    "PlanOutdatedError",
    "Planner",
    "Residue",
    "RowPage",
    "RowTaker",
    "Surroundings",
]
AGAIN = "again"
"""Part of the scratch that a look afterwards uses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planner:
    """Plans requests that touch stores, carries plans out, and looks afterwards.

    Attributes:
        sources: The operator's stores.
        scratches: Where what was found is kept until the request closes.
        random: Returns so many random bytes; the secret of a run comes from it.
        most_rows: At how many rows of one individual a survey stops with `too-many`.

    """

    sources: Sources
    scratches: Scratches
    random: Callable[[int], bytes]
    most_rows: int = 20_000_000

    def plan(  # noqa: PLR0913  all that a plan rests on
        self,
        request: RightsRequest,
        account: str,
        at: datetime,
        around: Surroundings,
        *,
        taker: RowTaker | None = None,
        beat: Beat = lambda: None,
    ) -> Plan:
        """Look for what there is and return the plan; changes nothing in any store.

        The scratch of the request is made anew, unless a survey for the same plan was stopped by
        `too-many` or by `beat`: then it goes on from there. A store that cannot be looked at, or
        that has schema problems, is in the plan with a problem that blocks.

        Args:
            request: Read (access, copy, transfer), delete, correct, supplement or cancel.
            account: The account id by which the stores know the individual.
            at: Instant of the plan.
            around: What else it rests on.
            taker: Takes the rows of a copy while they are found.
            beat: Called between pages.

        """
        reading = isinstance(request.asked, ReadAsked | TransferAsked)
        around = _narrowed(around, request.asked)
        looked = look(self.sources, around.register, reading=reading)
        try:
            with closing(
                self._scratch(request, account, looked, around, anew=taker is not None)
            ) as scratch:
                read = read_scope(request, looked, around, at) if reading else {}
                survey = Survey(
                    data=looked.data,
                    sources=looked.sources,
                    scratch=scratch,
                    account=account,
                    at=at,
                    changes=not reading,
                    most=self.most_rows,
                    beat=beat,
                    only=_only(request.asked),
                    exported=exported(looked.data, read) if taker is not None else {},
                    take=None
                    if taker is None
                    else Copying(taker=taker, account=account, scope=read).take,
                )
                try:
                    survey.find()
                    look_for_others(survey)
                except TooManyRowsError:
                    draft = stopped(dict.fromkeys(looked.sources, too_many(self.most_rows)))
                except StoreUnavailableError as error:
                    scratch.save()
                    draft = stopped({error.store: unavailable(error.what)})
                else:
                    draft = draft_of(request, looked, scratch, around, at=at, read=read)
                    scratch.remember("done", "yes")
                scratch.save()
            return whole(request, around, at, looked, draft)
        finally:
            looked.close()

    def carry_out(
        self,
        plan: Plan,
        store: StorePlan,
        *,
        account: str,
        trial: bool = False,
        beat: Beat = lambda: None,
    ) -> Carried:
        """Execute one store's steps in one transaction and return what the store counted.

        Goes by the scratch of `plan.request`. After a crash it may be called again: it looks
        whether the change was committed and does it all or nothing (`Carried.before`).

        Args:
            plan: The plan.
            store: The store's part of it.
            account: The account id that the plan was made for.
            trial: Take everything back at the end: tells whether the store would let it pass.
            beat: Called between pages.

        Raises:
            StoreRefusedError: A constraint stands against it; nothing was changed.
            StoreUnavailableError: The store does not answer; call again.
            PlanOutdatedError: The schema is another than the plan was made for, or what was found
                for it is gone, or was found for another account.

        """
        if not any(one.fate in {RowFate.DELETE, RowFate.CHANGE} for one in store.steps):
            return Carried(deleted=0, changed=0)
        with (
            closing(self.sources.open(store.store)) as source,
            closing(self.scratches.open(plan.request.id)) as scratch,
        ):
            if scratch.recall("whose") != _whose(scratch, account):
                raise PlanOutdatedError(store.store)
            tables = (scratch.recall(f"tables:{store.store}") or "").split("\n")
            schema = source.schema(tables)
            if schema.digest != store.schema or scratch.recall("done") is None:
                raise PlanOutdatedError(store.store)
            return Carrying(
                plan=plan, store=store, schema=schema, source=source, scratch=scratch, beat=beat
            ).run(trial=trial)

    def residue(
        self,
        plan: Plan,
        account: str,
        at: datetime,
        around: Surroundings,
        *,
        beat: Beat = lambda: None,
    ) -> tuple[Residue, ...]:
        """Look again, by the keys of the plan and afresh from the account, in every store.

        Returns:
            One for each store of the plan that can be asked, in its order, also where it is zero.

        Raises:
            StoreUnavailableError: A store does not answer; nothing can be said.

        """
        around = _narrowed(around, plan.request.asked)
        looked = look(self.sources, around.register, reading=False)
        self.scratches.drop(plan.request.id, part=AGAIN)
        try:
            with (
                closing(self.scratches.open(plan.request.id)) as scratch,
                closing(self.scratches.open(plan.request.id, part=AGAIN)) as again,
            ):
                survey = Survey(
                    data=looked.data,
                    sources=looked.sources,
                    scratch=again,
                    account=account,
                    at=at,
                    changes=True,
                    most=self.most_rows,
                    beat=beat,
                    only=_only(plan.request.asked),
                )
                return look_again(plan, looked, scratch, survey)
        finally:
            self.scratches.drop(plan.request.id, part=AGAIN)
            looked.close()

    def forget(self, request: RequestId) -> None:
        """Destroy scratch and secret of a request that is closed; what was masked stays so."""
        self.scratches.drop(request, part=AGAIN)
        self.scratches.drop(request)

    def forget_all_but(self, is_open: Callable[[RequestId], bool]) -> int:
        """Destroy what a stop left of closed requests and of trials; return of how many."""
        over = [one for one in self.scratches.requests() if not is_open(one)]
        for request in over:
            self.forget(request)
        return len(over)

    def _scratch(
        self,
        request: RightsRequest,
        account: str,
        looked: Looked,
        around: Surroundings,
        *,
        anew: bool,
    ) -> Scratch:
        """Return the scratch of a request: one that a survey for the same was stopped in, or new.

        A copy is never gone on with, because whoever takes its rows begins anew.
        """
        digest = sha256_hex(
            canonical_json(
                [
                    around.version,
                    request.right.value,
                    [[name, one.digest] for name, one in sorted(looked.schemas.items())],
                ]
            )
        )
        scratch = self.scratches.open(request.id)
        if (
            anew
            or scratch.recall("survey") != digest
            or scratch.recall("whose") != _whose(scratch, account)
            or scratch.recall("done") is not None
        ):
            scratch.close()
            self.scratches.drop(request.id)
            scratch = self.scratches.open(request.id)
            scratch.remember("survey", digest)
            scratch.remember("secret", self.random(32).hex())
            scratch.remember("whose", _whose(scratch, account))
            for store in around.register.stores:
                scratch.remember(f"tables:{store.store}", "\n".join(tables_of(store)))
            for table in looked.data.tables:
                scratch.remember(f"table:{table.name}", str(table.number))
            scratch.save()
        return scratch


def _only(asked: Asked) -> LabelAt | None:
    return asked.scope.label if isinstance(asked, DeletionAsked) else None


def _narrowed(around: Surroundings, asked: Asked) -> Surroundings:
    """Leave out the stores that one label is not kept in: they need not even answer."""
    one = _only(asked)
    if one is None:
        return around
    store, stores = one.table.partition(".")[0], around.register.stores
    kept = tuple(each for each in stores if each.store == store)
    return replace(around, register=replace(around.register, stores=kept))


def _whose(scratch: Scratch, account: str) -> str:
    """Return what tells one account from another beside the secret of a run, naming none."""
    secret = bytes.fromhex(scratch.recall("secret") or "")
    return hmac.digest(secret, account.encode(), "sha256").hex()
