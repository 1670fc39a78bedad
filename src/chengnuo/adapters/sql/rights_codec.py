"""Cases as canonical JSON and back, without loss; what is personal apart, for sealing.

The open part holds no value that an individual gave and no key of a row: `redacted` takes them out.
"""

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

import msgspec

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.shapes import ready
from chengnuo.domain.rights.plan import Outside, Plan, Refusal, StorePlan
from chengnuo.domain.rights.reply import Reply, Stopped, StoreResult
from chengnuo.domain.rights.request import (
    Asked,
    CancellationAsked,
    ColumnChange,
    CorrectionAsked,
    DeletionAsked,
    ExplanationAsked,
    LabelAt,
    ReadAsked,
    RestrictionAsked,
    RightsRequest,
    Scope,
    TransferAsked,
)
from chengnuo.domain.rights.values import decode_key, encode_key
from chengnuo.ports.rights import Case, Secret

T = TypeVar("T")

_ASKED: dict[str, type[Asked]] = {
    "read": ReadAsked,
    "transfer": TransferAsked,
    "correct": CorrectionAsked,
    "delete": DeletionAsked,
    "restrict": RestrictionAsked,
    "explain": ExplanationAsked,
    "cancel": CancellationAsked,
}
_NAME = {kind: name for name, kind in _ASKED.items()}


def redacted(asked: Asked) -> Asked:
    """Return what is asked for without what is personal of it."""
    match asked:
        case CorrectionAsked():
            changes = tuple(replace(one, row="", value=None) for one in asked.changes)
            return CorrectionAsked(changes=changes)
        case ExplanationAsked():
            return replace(asked, question="")
        case TransferAsked():
            return replace(asked, offer="")
        case DeletionAsked(scope=Scope(label=LabelAt() as one)):
            return replace(asked, scope=Scope(label=replace(one, label="")))
        case _:
            return asked


def case_bytes(case: Case) -> bytes:
    """Return the open part of a case."""
    asked = redacted(case.request.asked)
    plan = case.plan
    body: dict[str, Tree] = {
        "request": {
            **_tree(replace(case.request, asked=CancellationAsked())),
            "asked": _asked(asked),
        },
        "days": case.days,
        "extended": case.extended,
        "staff": case.staff,
        "proved_at": _instant(case.proved_at),
        "proof_at": _instant(case.proof_at),
        "has_guardian": case.has_guardian,
        "checked": case.checked,
        "wait_until": _instant(case.wait_until),
        "plan": None if plan is None else {**_tree(replace(plan, request=None)), "request": None},  # type: ignore[arg-type]  # left out, it stands above
        "results": [_tree(one) for one in case.results],
        "reply": None if case.reply is None else _tree(case.reply),
        "stopped": None if case.stopped is None else _tree(case.stopped),
        "released": case.released,
        "rounds": case.rounds,
        "has_begun": case.has_begun,
        "follows": list(case.follows),
        "party": case.party,
    }
    return canonical_json(body)


def case_of(body: bytes, **kept: Any) -> Case:  # noqa: ANN401  the columns beside the body
    """Return a case from its open part and the columns beside it."""
    tree = json.loads(body)
    said = tree["request"]
    request = RightsRequest(
        **{
            **{name: said[name] for name in ("id", "person", "app", "surface")},
            **{
                name: msgspec.convert(said[name], ready(hint))
                for name, hint in RightsRequest.__annotations__.items()
                if name in {"right", "by", "received"}
            },
            "asked": asked_of(said["asked"]),
        }
    )
    return Case(
        request=request,
        days=tree["days"],
        extended=tree["extended"],
        staff=tree["staff"],
        proved_at=_from_instant(tree["proved_at"]),
        proof_at=_from_instant(tree["proof_at"]),
        has_guardian=tree["has_guardian"],
        checked=tree["checked"],
        wait_until=_from_instant(tree["wait_until"]),
        plan=None if tree["plan"] is None else _plan(tree["plan"], request),
        results=_of(tree["results"], tuple[StoreResult, ...]),
        reply=_of(tree["reply"], Reply | None),  # type: ignore[arg-type]  # a union is a form, too
        stopped=_of(tree["stopped"], Stopped | None),  # type: ignore[arg-type]  # as above
        released=tree["released"],
        rounds=tree["rounds"],
        has_begun=tree["has_begun"],
        follows=tuple(tree["follows"]),
        party=tree.get("party", ""),  # what was kept before there was one has none
        **kept,
    )


def secret_bytes(secret: Secret) -> bytes:
    """Return what is personal of a request, to be sealed."""
    return canonical_json(
        {"account": secret.account, "asked": _asked(secret.asked), "party": secret.party}
    )


def secret_of(data: bytes) -> Secret:
    """Return what was sealed."""
    tree = json.loads(data)
    party = tree.get("party", "")  # what was sealed before there was one has none
    return Secret(account=tree["account"], asked=asked_of(tree["asked"]), party=party)


def outside_bytes(outside: Outside) -> bytes:
    """Return who is told what."""
    return canonical_json(_tree(outside))


def outside_of(data: bytes) -> Outside:
    """Return who is told what."""
    return msgspec.json.decode(data, type=ready(Outside))


def _asked(asked: Asked) -> dict[str, Tree]:
    tree = _tree(replace(asked, changes=())) if isinstance(asked, CorrectionAsked) else _tree(asked)
    if isinstance(asked, CorrectionAsked):
        tree["changes"] = [
            {**_tree(replace(one, value=None)), "value": encode_key((one.value,))}
            for one in asked.changes
        ]
    return {**tree, "kind": _NAME[type(asked)]}


def asked_of(tree: Any) -> Asked:  # noqa: ANN401  what JSON gives
    """Return what is asked for."""
    kind = _ASKED[tree["kind"]]
    rest = {name: value for name, value in tree.items() if name != "kind"}
    if kind is CorrectionAsked:
        changes = tuple(
            ColumnChange(**{**one, "value": decode_key(one["value"])[0]}) for one in rest["changes"]
        )
        return CorrectionAsked(changes=changes, reason=rest["reason"])
    return _of(rest, kind)


def _plan(tree: Any, request: RightsRequest) -> Plan:  # noqa: ANN401  what JSON gives
    return Plan(
        request=request,
        register=tree["register"],
        law=tree["law"],
        at=datetime.fromisoformat(tree["at"]),
        stores=_of(tree["stores"], tuple[StorePlan, ...]),
        outside=_of(tree["outside"], tuple[Outside, ...]),
        refusals=_of(tree["refusals"], tuple[Refusal, ...]),
        basis=tuple(tree["basis"]),
    )


def _tree(value: object) -> dict[str, Any]:
    tree: dict[str, Any] = msgspec.to_builtins(value)
    return tree


def _of(tree: object, kind: type[T]) -> T:
    return msgspec.convert(tree, ready(kind))


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _from_instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def day_of(text: str) -> date:
    """Return a civil day from its text."""
    return date.fromisoformat(text)
