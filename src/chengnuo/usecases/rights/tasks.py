"""Work by hand: stores without a connector, parties without a channel, explanations, checks."""

import hashlib
from dataclasses import replace
from datetime import datetime

from chengnuo.base.text import Text
from chengnuo.ports.rights import Case
from chengnuo.ports.rights_outside import TaskKept, TaskKind

_ID_SIGNS = 32


def task_of(case: Case, kind: TaskKind, store: str, what: Text, now: datetime) -> TaskKept:
    """Return a task; a request has the same task once."""
    name = f"{case.request.id}\n{kind}\n{store}"
    return TaskKept(
        id=f"task-{_digest(name)}",
        request=case.request.id,
        kind=kind,
        store=store,
        what=what,
        since=now,
    )


def notice_id(case: Case, recipient: str, kind: str) -> str:
    """Return the id of a notice: a request tells a recipient the same thing once."""
    name = f"{case.request.id}\n{recipient}\n{kind}"
    return f"notice-{_digest(name)}"


def done(task: TaskKept, *, by: str, at: datetime, note: str) -> TaskKept:
    """Return a task that was done."""
    return replace(task, done_by=by, done_at=at, note=note)


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:_ID_SIGNS]
