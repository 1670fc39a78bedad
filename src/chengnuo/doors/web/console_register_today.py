"""What changes of the register ask of staff today: to be approved, to be written, to be redone."""

from collections.abc import Iterator

from chengnuo.domain.dossier.sorts.register_change import (
    APPROVED,
    COLLECTING,
    PROPOSED,
    REGISTER_CHANGE,
)
from chengnuo.doors.web.console_tasks import Task, TaskGroup
from chengnuo.doors.web.page_parts import Status, StatusKind
from chengnuo.doors.web.register_edit_href import CHANGES_PATH
from chengnuo.doors.web.register_words import Speaker
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.seen import Actor

_LOOKED_AT = 50
"""How many open changes are looked at for one that was made on another version."""


def register_group(say: Speaker, desk: DossierDesk, actor: Actor, version: str) -> TaskGroup:
    """Return what open changes of the register ask for.

    Args:
        say: Words.
        desk: The dossiers.
        actor: Whoever looks.
        version: The version in force; a change made on another has to be weighed anew.

    """
    return TaskGroup(name=say.t("reg-change.title"), tasks=tuple(_tasks(say, desk, actor, version)))


def _tasks(say: Speaker, desk: DossierDesk, actor: Actor, version: str) -> Iterator[Task]:
    sort = REGISTER_CHANGE.id
    for state, kind in ((APPROVED, StatusKind.WARN), (PROPOSED, StatusKind.NOTE)):
        count = desk.store.count([sort], open_only=True, states=((sort, state),))
        if count:
            (first,) = desk.queue(actor, [sort], states=((sort, state),), limit=1) or (None,)
            href = CHANGES_PATH if first is None else f"{CHANGES_PATH}/{first.dossier.id}"
            yield Task(
                status=Status(kind=kind, word=say.t("console.rights.due.count", n=count)),
                name=say.t(f"reg-change.today-{state}"),
                href=href if count == 1 else CHANGES_PATH,
            )
    apart = [
        one
        for one in desk.queue(actor, [sort], limit=_LOOKED_AT)
        if one.dossier.value("base") != version and one.state.id != COLLECTING
    ]
    if apart:
        yield Task(
            status=Status(
                kind=StatusKind.WARN, word=say.t("console.rights.due.count", n=len(apart))
            ),
            name=say.t("reg-change.today-apart"),
            href=f"{CHANGES_PATH}/{apart[0].dossier.id}",
            detail=say.t("reg-change.today-apart-text"),
        )
