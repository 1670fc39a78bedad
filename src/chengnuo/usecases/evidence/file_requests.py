"""A request for an evidence file: how far it is, and why a step of it can be refused."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.law.ids import CategoryId
from chengnuo.ports.accounts import AccountId
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.pack_shelf import KeptPack, PackFile
from chengnuo.usecases.evidence.evidence_file import Asking, EvidenceFile
from chengnuo.usecases.evidence.evidence_window import Window

MakesNoFault: TypeAlias = Callable[[PersonKey, CategoryId | None, Window, Asking], EvidenceFile]
"""Makes the no-fault file of an individual, reading and handing out recorded."""
MakesPack: TypeAlias = Callable[[Window, Asking, Path], PackFile]
"""Writes the audit pack of a period to a file, handing out recorded."""
MOST_OPEN = 20
"""How many requests may wait or be in the making at a time."""


class EvidenceRequestGoneError(InvalidInputError):
    """No request for an evidence file has this id any more."""

    code = "evidence-request-gone"

    def __init__(self) -> None:
        super().__init__("there is no such request for an evidence file; it may have lapsed")


class EvidenceRequestSettledError(ConflictError):
    """A request for an evidence file is past the step that is to be done."""

    code = "evidence-request-settled"

    def __init__(self) -> None:
        super().__init__("this step of the request was done already or is not due; load again")


class EvidenceRequestsFullError(ConflictError):
    """Too many requests for evidence files are open."""

    code = "evidence-requests-full"

    def __init__(self) -> None:
        super().__init__(f"{MOST_OPEN} requests are open; let some be released or declined first")


class FourEyesError(InvalidInputError):
    """A second person has to do this: a reviewer, and not who asked."""

    code = "four-eyes"

    def __init__(self) -> None:
        super().__init__("this takes a reviewer other than the one who asked")


class Stage(StrEnum):
    """How far a request has come."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"
    DECLINED = "declined"


OPEN = frozenset({Stage.WAITING, Stage.MAKING})
"""The stages in which something is still to be done about a request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRequest:
    """A request for an evidence file.

    Attributes:
        id: Names it in addresses and in records.
        person: Whose records; None for a duty.
        account: The account id as it was given; kept only while the request waits for a reviewer.
        duty: Which duty; empty for a person.
        no_fault: Whether it is the no-fault file of the person, not the evidence file.
        audit_pack: Whether it is the audit pack of the period, about nobody.
        category: Which category a no-fault file is about; None for everything.
        window: The period.
        reason: Why, in words.
        by: Who asked.
        single_person: Nobody else could have reviewed it when it was asked for.
        asked_at: When.
        stage: How far it has come.
        changed_at: Since when.
        reviewed_by: Who released or declined it, or None.
        error: Code of why it was not made, or empty.
        file: The file, once it is made; an audit pack lies on disk.

    """

    id: str
    person: PersonKey | None
    account: str
    duty: str
    window: Window
    reason: str
    by: AccountId
    single_person: bool
    asked_at: datetime
    stage: Stage
    changed_at: datetime
    no_fault: bool = False
    audit_pack: bool = False
    category: CategoryId | None = None
    reviewed_by: AccountId | None = None
    error: str = ""
    file: EvidenceFile | KeptPack | None = None

    @property
    def called(self) -> str:
        """What it is called in records; empty for an evidence file."""
        if self.audit_pack:
            return "audit pack"
        return "no-fault file" if self.no_fault else ""
