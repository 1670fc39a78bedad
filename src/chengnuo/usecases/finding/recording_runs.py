"""Runs of controls as records of the evidence log, and as values read back from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from chengnuo.base.digest import Digest
from chengnuo.base.instant import from_us
from chengnuo.base.shapes import ready
from chengnuo.base.text import Text
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding.board import RowStatus
from chengnuo.domain.finding.control_run import KeptRun, KeptStatus
from chengnuo.domain.finding.live import Fault, LiveOutcome, LiveResult
from chengnuo.law.civil import civil_date
from chengnuo.law.ids import DutyId
from chengnuo.ports.evidence_log import Draft, Record
from chengnuo.usecases.evidence.recording import Recorder

if TYPE_CHECKING:
    from chengnuo.base.canonical import Tree

BOARD = "pledge-board"
"""Stands in place of the id of a control in the record of what the board says as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a control found, not recorded yet.

    Attributes:
        control: Id of the control.
        result: What it found.
        digest: Over what it looked at.

    """

    control: str
    result: LiveResult
    digest: Digest


class _FaultSaid(msgspec.Struct, frozen=True, omit_defaults=True):
    """A fault as a record says it."""

    zh: str
    en: str | None = None
    position: int = 0
    request: str = ""
    activity: str = ""
    dossier: str = ""
    finding: str = ""


class _TextSaid(msgspec.Struct, frozen=True, omit_defaults=True):
    zh: str
    en: str | None = None


class _RowSaid(msgspec.Struct, frozen=True):
    duty: str
    status: RowStatus


class _Said(msgspec.Struct, frozen=True):
    """The payload of a record, as far as it is read back."""

    control: str
    outcome: LiveOutcome
    looked_at: int
    wrong: int
    digest: str
    faults: tuple[_FaultSaid, ...] = ()
    why: _TextSaid | None = None
    newest: str = ""
    rows: tuple[_RowSaid, ...] = ()


def draft_of(recorder: Recorder, found: Found) -> Draft:
    """Return the record of a run."""
    result = found.result
    values: dict[str, Tree] = {
        "control": found.control,
        "outcome": result.outcome.value,
        "looked_at": result.looked_at,
        "wrong": result.wrong,
        "digest": found.digest,
    }
    if result.faults:
        values["faults"] = [_fault_said(one) for one in result.faults]
    if result.why is not None:
        values["why"] = _text_said(result.why)
    if result.newest:
        values["newest"] = result.newest
    return recorder.draft(Kind.CONTROL_RUN, values)


def read_back(record: Record, payload: bytes) -> KeptRun | tuple[KeptStatus, ...] | None:
    """Return the run that a record is of, or what it says of the rows of the board.

    None where another version of this program wrote words that this one does not know; the record
    stays as it is, and the control runs again.
    """
    try:
        said = msgspec.json.decode(payload, type=ready(_Said))
    except msgspec.ValidationError:
        return None
    at = from_us(record.leaf.at)
    if said.control == BOARD:
        day = civil_date(at)
        return tuple(
            KeptStatus(day=day, duty=DutyId(one.duty), status=one.status, position=record.position)
            for one in said.rows
        )
    return KeptRun(
        control=said.control,
        at=at,
        looked_at=said.looked_at,
        wrong=said.wrong,
        outcome=said.outcome,
        why=None if said.why is None else Text(said.why.zh, said.why.en),
        position=record.position,
        digest=Digest(said.digest),
        register=record.leaf.register,
        faults=tuple(map(_fault, said.faults)),
        newest=said.newest,
    )


def is_news(found: Found, before: KeptRun) -> bool:
    """Tell whether a run found something else than the one recorded last; a count is no news."""
    now = found.result
    return (now.outcome, now.wrong, now.faults) != (before.outcome, before.wrong, before.faults)


def _fault_said(one: Fault) -> "Tree":
    said: dict[str, Tree] = dict(_text_said(one.what))
    if one.position:
        said["position"] = one.position
    named = {"request": one.request, "activity": one.activity, "dossier": one.dossier}
    said.update({name: value for name, value in named.items() if value})
    if one.finding:
        said["finding"] = one.finding
    return said


def _text_said(text: Text) -> "Mapping[str, Tree]":
    return {"zh": text.zh} if text.en is None else {"zh": text.zh, "en": text.en}


def _fault(said: _FaultSaid) -> Fault:
    return Fault(
        position=said.position,
        what=Text(said.zh, said.en),
        request=said.request,
        activity=said.activity,
        dossier=said.dossier,
        finding=said.finding,
    )


def kept_of(found: Sequence[Found], *, first: int, at: int, register: str) -> tuple[KeptRun, ...]:
    """Return runs as they are kept, once their records stand one after the other from a place."""
    return tuple(
        KeptRun(
            control=one.control,
            at=from_us(at),
            looked_at=one.result.looked_at,
            wrong=one.result.wrong,
            outcome=one.result.outcome,
            why=one.result.why,
            position=first + number,
            digest=one.digest,
            register=register,
            faults=one.result.faults,
            newest=one.result.newest,
        )
        for number, one in enumerate(found)
    )
