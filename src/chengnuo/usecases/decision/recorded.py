"""An answer as an evidence record, and read back from one.

The payload holds what was asked, what was so about the individual apart from consents, the
position up to which the log was read, the edition of the rules, and a digest of the whole answer:
everything that a replay needs, with the register version and law version that the leaf names. It
is sealed under the individual's content key.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.digest import sha256_hex
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.instant import from_us, to_us
from chengnuo.base.shapes import ready
from chengnuo.domain.decision.decision import Decision, Outcome
from chengnuo.domain.decision.request import Request, State
from chengnuo.domain.decision.rules import EDITION
from chengnuo.domain.individual.standing import AccountState, Individual
from chengnuo.domain.register.ids import ActivityId, RecipientId, SwitchId
from chengnuo.domain.register.method import Operation
from chengnuo.law.age import AgeBand
from chengnuo.law.ids import CategoryId
from chengnuo.usecases.decision.answering import Decided
from chengnuo.usecases.evidence.recording import Rows

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,119}")
_NO_ID = "?"
"""Stands for a name that no register can hold, so that nothing of its content is kept."""


class DecisionRecordError(InvalidInputError):
    """A record is not one decision about one individual, or not in a form that can be replayed."""

    code = "not-a-decision"

    def __init__(self, position: int, what: str) -> None:
        super().__init__(f"record {position} cannot be replayed: {what}")
        self.position = position
        self.what = what


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What a record says.

    Attributes:
        request: What was asked.
        state: What was so, without consents.
        at: Instant asked about, microseconds since 1970.
        position: How many records of the log were taken into account.
        outcome: The outcome given.
        digest: Digest of the whole answer.
        edition: Edition of the rules that it was given by.

    """

    request: Request
    state: State
    at: int
    position: int
    outcome: Outcome
    digest: str
    edition: int


def decision_tree(decision: Decision) -> dict[str, Tree]:
    """Return the whole of a decision as JSON, in its one form."""
    return {
        "outcome": decision.outcome.value,
        "by": [
            {"rule": one.rule.value, "row": one.row, "why": one.why, "article": one.rule.article}
            for one in decision.by
        ],
        "duties": [
            {"kind": one.kind.value, "about": one.about, "how": one.how} for one in decision.duties
        ],
        "prompt": list(decision.prompt),
        "within": [_id(category) for category in decision.within],
    }


def decision_digest(decision: Decision) -> str:
    """Return the digest of the whole of a decision."""
    return sha256_hex(canonical_json(decision_tree(decision)))


def rows_of(decided: Decided, activities: Mapping[ActivityId, object]) -> Rows:
    """Return the rows that the record speaks of; a name of no row is left out."""
    request = decided.question.request
    known = request.activity in activities
    recipient = request.recipient or ""
    return Rows(
        activity=request.activity if known else "",
        recipient=recipient if known and _ID.fullmatch(recipient) else "",
    )


def payload_of(decided: Decided) -> dict[str, Tree]:
    """Return the values of the record of an answer."""
    answer, request = decided.answer, decided.question.request
    rules = list(dict.fromkeys(ruling.rule.value for ruling in answer.decision.by))
    values: dict[str, Tree] = {
        "outcome": answer.decision.outcome.value,
        "rules": rules,
        "request": _request_tree(request),
        "state": _state_tree(decided.state),
        "asked_at": from_us(answer.at).isoformat().replace("+00:00", "Z"),
        "seen": answer.position,
        "answer": decision_digest(answer.decision),
        "edition": EDITION,
    }
    if not answer.permits:
        values["failed"] = rules
    if answer.consents:
        values["consents"] = [str(position) for position in answer.consents]
    return values


class _RequestBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    activity: str
    operation: Operation
    categories: tuple[str, ...] | None = None
    recipient: str | None = None
    publish: bool = False
    other_use: bool = False
    started: bool = False
    gpc: bool = False
    recent: int | None = None


class _StateBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    age: AgeBand
    account: AccountState
    restricted: bool = False
    suppressed: bool = False
    switches: dict[str, bool] = {}
    objects_to: tuple[str, ...] = ()


def read_back(position: int, values: Mapping[str, Any]) -> Recorded:
    """Return what a payload says.

    Raises:
        DecisionRecordError: It is of an older schema, or not what this program writes.

    """
    try:
        request = msgspec.convert(values["request"], ready(_RequestBody))
        state = msgspec.convert(values["state"], ready(_StateBody))
        asked = msgspec.convert(values["asked_at"], datetime)
        return Recorded(
            request=_request(request),
            state=_state(state),
            at=to_us(asked),
            position=int(values["seen"]),
            outcome=Outcome(values["outcome"]),
            digest=str(values["answer"]),
            edition=int(values["edition"]),
        )
    except KeyError as error:
        raise DecisionRecordError(position, "it does not hold what was asked") from error
    except (ValueError, TypeError) as error:
        raise DecisionRecordError(position, "it has another form") from error


def _request(body: _RequestBody) -> Request:
    categories = body.categories
    return Request(
        activity=ActivityId(body.activity),
        categories=None if categories is None else frozenset(map(CategoryId, categories)),
        operation=body.operation,
        recipient=None if body.recipient is None else RecipientId(body.recipient),
        publish=body.publish,
        other_use=body.other_use,
        started=body.started,
        gpc=body.gpc,
        recent=body.recent,
    )


def _state(body: _StateBody) -> State:
    return State(
        individual=Individual(
            age=body.age,
            account=body.account,
            restricted=body.restricted,
            suppressed=body.suppressed,
        ),
        switches={SwitchId(name): on for name, on in body.switches.items()},
        objects_to=frozenset(map(ActivityId, body.objects_to)),
    )


def _request_tree(request: Request) -> dict[str, Tree]:
    tree: dict[str, Tree] = {
        "activity": _id(request.activity),
        "operation": request.operation.value,
    }
    if request.categories is not None:
        tree["categories"] = sorted({_id(category) for category in request.categories})
    if request.recipient is not None:
        tree["recipient"] = _id(request.recipient)
    for name in ("publish", "other_use", "started", "gpc"):
        if getattr(request, name):
            tree[name] = True
    if request.recent is not None:
        tree["recent"] = request.recent
    return tree


def _state_tree(state: State) -> dict[str, Tree]:
    individual = state.individual
    tree: dict[str, Tree] = {"age": individual.age.value, "account": individual.account.value}
    for name in ("restricted", "suppressed"):
        if getattr(individual, name):
            tree[name] = True
    if state.switches:
        tree["switches"] = {str(switch): on for switch, on in state.switches.items()}
    if state.objects_to:
        tree["objects_to"] = sorted(state.objects_to)
    return tree


def _id(given: str) -> str:
    return given if _ID.fullmatch(given) else _NO_ID
