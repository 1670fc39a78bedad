"""An act of a dossier in the evidence log: once, whatever process died in the middle of it."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from chengnuo.domain.dossier.dossier import Act, Dossier
from chengnuo.domain.dossier.fields import open_part
from chengnuo.domain.dossier.sort import DossierSort
from chengnuo.domain.dossier.standing import state_of
from chengnuo.ports.dossiers import DossierStore
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.evidence.duty_kinds import kind_of_sort
from chengnuo.usecases.evidence.recording import Recorder, Rows
from chengnuo.usecases.evidence.recording_once import append_once

if TYPE_CHECKING:
    from chengnuo.base.canonical import Tree

_SLACK = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRecorder:
    """Records acts.

    Attributes:
        store: Keeps where the records stand.
        recorder: Records.
        changing: Is held while an act is recorded.

    """

    store: DossierStore
    recorder: Recorder
    changing: Callable[[], AbstractContextManager[None]] = nullcontext

    def record(
        self, kind: DossierSort, dossier: Dossier, act: Act, *, is_new: bool = False
    ) -> None:
        """Record an act, and keep where its record stands.

        Args:
            kind: The sort of its dossier.
            dossier: The dossier with the act.
            act: The act.
            is_new: Whether it was made just now, so that it cannot stand in the log.

        Raises:
            LogUnavailableError: It could not be recorded.

        """
        so_far = replace(dossier, acts=dossier.acts[: act.number])
        said: dict[str, Tree] = dict(open_act(kind, act).fields)
        values: dict[str, Tree] = {
            "dossier": dossier.id,
            "sort": kind.id,
            "number": act.number,
            "what": act.what,
            "state": state_of(kind, so_far).id,
            "party": act.party.value,
            "single_person": act.single_person,
            "said": said,
            "digest": act.digest,
        }
        if act.by:
            values["by"] = act.by
        draft = self.recorder.draft(
            kind_of_sort(kind.id),
            values,
            person=PersonKey(dossier.person) if dossier.person else None,
            rows=Rows(activity=_row(dossier, "activity"), recipient=_row(dossier, "recipient")),
        )
        with self.changing():
            position = (
                self.recorder.log.append([draft]).first
                if is_new
                else append_once(
                    self.recorder, draft, since=act.at - _SLACK, told_by=("dossier", "number")
                )
            )
        self.store.recorded(dossier.id, act.number, position)

    def mend(self, kind: DossierSort, dossier: Dossier) -> int:
        """Record the acts of a dossier that a stop left unrecorded; return how many."""
        missing = [act for act in dossier.acts if act.position is None]
        for act in missing:
            self.record(kind, dossier, act)
        return len(missing)


def open_act(kind: DossierSort, act: Act) -> Act:
    """Return an act without what is private in it."""
    sort = kind.act(act.what)
    return act if sort is None else replace(act, fields=open_part(sort.fields, act.fields))


def _row(dossier: Dossier, name: str) -> str:
    found = dossier.value(name)
    return found if isinstance(found, str) else ""
