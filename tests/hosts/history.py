"""What clients did and were told, each with the instants between which it happened.

All clients are threads of one process, so that one clock that never steps orders everything.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Lock
from time import monotonic_ns
from typing import Literal

Kind = Literal["give", "withdraw", "request", "decide", "record", "look"]
Outcome = Literal["ok", "refused", "unknown", "unsent"]
"""`unknown`: it may have happened or not. `unsent`: it did not reach anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation of one client.

    Attributes:
        kind: Consent, withdrawal, request; a decision without evidence and one with a record
            that is waited for; a look at the checkpoint.
        host: Who was asked last; an act whose answer did not come is handed in again.
        person: Whom it is about.
        mark: What this one act is known by afterwards: the prompt, or the account of a request.
        began: When it was first sent, nanoseconds.
        ended: When the answer was there or was given up, nanoseconds.
        outcome: What became of it.
        position: Where in the log it stands, where that was told.
        answer: What was answered: the outcome of a decision, the id of a request.
        code: The code of an error, or how the connection failed.
        stale_ns: How old at most the answer says that what it rests on is.
        checkpoint: The signed note that was seen.
        tries: How often it was sent.

    """

    kind: Kind
    host: str
    began: int
    ended: int
    outcome: Outcome
    person: str = ""
    mark: str = ""
    position: int | None = None
    answer: str = ""
    code: str = ""
    stale_ns: int = 0
    checkpoint: str = ""
    tries: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """An act that stands in the history that the service gives afterwards."""

    position: int
    act: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What there is once everything has come to rest.

    Attributes:
        deeds: The acts of each person upon the one consent item, in the order of the log.
        requests: The ids of the requests of each account.
        checkpoint: The newest signed note.
        leaves: The hash of each leaf that it is signed over.
        kinds: The kind of each record.
        proofs: Paths of inclusion under that checkpoint, as the log gives them.

    """

    deeds: dict[str, tuple[Deed, ...]] = field(default_factory=dict)
    requests: dict[str, tuple[str, ...]] = field(default_factory=dict)
    checkpoint: str = ""
    leaves: tuple[bytes, ...] = ()
    kinds: tuple[str, ...] = ()
    proofs: dict[int, tuple[bytes, ...]] = field(default_factory=dict)


class History:
    """Operations in the order of their ends, and what was done to the hosts meanwhile."""

    def __init__(self) -> None:
        self.operations: list[Operation] = []
        self.marks: list[tuple[int, int, str]] = []
        self._lock = Lock()

    def add(self, operation: Operation) -> None:
        """Take an operation down."""
        with self._lock:
            self.operations.append(operation)

    def fault(self, began: int, name: str) -> None:
        """Take down what was done to the hosts from an instant until now."""
        self.marks.append((began, monotonic_ns(), name))

    def write(self, path: Path, **more: object) -> None:
        """Write it all as JSON."""
        with self._lock:
            rows = [asdict(one) for one in self.operations]
        faults = [{"began": a, "ended": b, "name": name} for a, b, name in self.marks]
        text = json.dumps({**more, "faults": faults, "operations": rows}, indent=1)
        path.write_text(text, "utf-8")
