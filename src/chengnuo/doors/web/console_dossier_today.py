"""What dossiers ask of staff today: one line a sort, with what is late and what is due next.

Those that the service stepped up stand first, one line for each office that has to look now.

Numbers and dates only, so that every role may see them.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from chengnuo.domain.dossier.clocks import Clock
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.sort import DossierSort
from chengnuo.domain.dossier.stepping import STEP_UP, TO, last_step
from chengnuo.doors.texts import moment
from chengnuo.doors.web.console_dossier_house import path_of
from chengnuo.doors.web.console_mends import record_words, with_mend
from chengnuo.doors.web.console_tasks import Task, TaskGroup
from chengnuo.doors.web.dossier_reds import late_status
from chengnuo.doors.web.dossier_view import cited, clock_status
from chengnuo.doors.web.page_parts import Mend, Words
from chengnuo.doors.web.register_words import Speaker
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.overview import SortStanding, overview
from chengnuo.usecases.dossier.seen import Actor, Seen

_Late: TypeAlias = tuple[Clock, Dossier]


def dossiers_group(say: Speaker, desk: DossierDesk, actor: Actor) -> TaskGroup:
    """Return what open dossiers ask for, the most pressing sort first."""
    now, stepped = desk.clock.now(), dict[tuple[str, str], list[_Late]]()
    with_steps = [sort.id for sort in desk.sorts.values() if sort.steps]
    for dossier in desk.store.every(with_steps, open_only=True, with_act=STEP_UP):
        found, sort = desk.clocks(dossier), desk.sorts[dossier.sort]
        step = last_step(sort, dossier, found)
        if step is not None:
            stepped.setdefault((sort.id, step.to), []).extend(
                (clock, dossier)
                for clock in found
                if clock.met_at is None and clock.sort.id == step.clock
            )
    running = [
        (one.first.next_clock, one.first, one)
        for one in overview(desk, actor)
        if one.first is not None and one.first.next_clock is not None
    ]
    pressing = sorted(running, key=lambda one: _until(one[0]))
    return TaskGroup(
        name=say.t("dossier.title"),
        tasks=(*_stepped(say, desk, stepped, now), *_tasks(say, pressing, now)),
    )


def _stepped(
    say: Speaker,
    desk: DossierDesk,
    stepped: Mapping[tuple[str, str], Sequence[_Late]],
    now: datetime,
) -> Iterator[Task]:
    """Yield one task for each sort and office, those of the highest office first."""
    for sort in desk.sorts.values():
        act = sort.act(STEP_UP)
        offices = () if act is None else next(f for f in act.fields if f.name == TO).choices
        for office in reversed(offices):
            clocks = stepped.get((sort.id, office.value), ())
            if clocks:
                first, dossier = min(clocks, key=lambda one: _until(one[0]))
                yield Task(
                    status=with_mend(
                        clock_status(say, first, now), _stepped_mend(say, sort, dossier)
                    ),
                    name=say.t("dossier.stepped-up", what=say.text(sort.text), n=len(clocks)),
                    href=path_of(sort),
                    detail=say.t("dossier.stepped-to", office=say.text(office.text)),
                    when=_when(first),
                )


def _tasks(
    say: Speaker, pressing: Sequence[tuple[Clock, Seen, SortStanding]], now: datetime
) -> Iterator[Task]:
    for first, seen, one in pressing:
        passed = say.t("dossier.late-of", late=one.late, n=one.open) if one.late else ""
        yield Task(
            status=late_status(say, seen, first, now, path_of(one.sort)),
            name=say.text(one.sort.text),
            href=path_of(one.sort),
            detail=passed or say.text(first.sort.text),
            when=_when(first),
        )


def _stepped_mend(say: Speaker, sort: DossierSort, dossier: Dossier) -> Mend:
    href = f"{path_of(sort)}/{dossier.id}"
    position = dossier.acts[-1].position
    steps = Words(text=say.t("red.steps"), href=f"{href}#steps")
    return Mend(
        citation=cited(say, sort.rests_on[0]),
        row=Words(text=dossier.id, href=href, code=True),
        proof=steps if position is None else record_words(say, position, opens=say.opens),
        fix=Words(text=say.t("red.see-acts"), href=f"{href}#acts"),
    )


def _when(clock: Clock) -> str:
    if clock.deadline.on is not None:
        return clock.deadline.on.isoformat()
    return moment(clock.deadline.until)


def _until(clock: Clock) -> datetime:
    return clock.deadline.until
