"""What is wrong in a dossier, and who of two people it waits for: at the head of its page."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from chengnuo.domain.dossier.clocks import Clock
from chengnuo.domain.register.kinds import KIND_BY_PLURAL, RowRef
from chengnuo.doors.web.dossier_view import cited, clock_status, due_of, title_of
from chengnuo.doors.web.four_eyes import FourEyes, four_eyes
from chengnuo.doors.web.page_parts import Citation, Mend, Red, Status, StatusKind, Words
from chengnuo.doors.web.register_words import Speaker
from chengnuo.ports.accounts import Account, Role
from chengnuo.usecases.dossier.second_person import second_acts
from chengnuo.usecases.dossier.seen import Seen


def reds_of(say: Speaker, seen: Seen, now: datetime, path: str) -> Iterator[Red]:
    """Yield every deadline that is missed and open, with article, row, proof and what mends it."""
    for clock in seen.clocks:
        if clock.met_at is None and clock.is_late(now):
            yield Red(
                status=late_status(say, seen, clock, now, path), what=say.text(clock.sort.text)
            )


def late_status(say: Speaker, seen: Seen, clock: Clock, now: datetime, path: str) -> Status:
    """Return how a deadline stands; with what mends it, once it is missed.

    Args:
        say: Words.
        seen: The dossier.
        clock: The deadline.
        now: The present.
        path: Where the list of its sort is.

    """
    status = clock_status(say, clock, now)
    if status.kind is not StatusKind.GRAVE:
        return status
    return replace(
        status,
        mend=Mend(
            citation=_citation(say, seen, clock),
            row=_row(say, seen, path),
            proof=_proof(say, seen, clock),
            fix=_fix(say, seen, clock, path),
        ),
    )


def next_status(say: Speaker, seen: Seen, now: datetime, path: str) -> Status:
    """Return by when the next thing has to be done, with what mends it once that is missed."""
    clock = seen.next_clock
    return due_of(say, seen, now) if clock is None else late_status(say, seen, clock, now, path)


def eyes_of(
    say: Speaker, seen: Seen, me: Account, names: Mapping[str, str], *, single: bool
) -> FourEyes | None:
    """Return who asked and who may go on where a second person is needed; None where not."""
    waits = second_acts(seen)
    if not waits:
        return None
    one = waits[0]
    return four_eyes(
        say.t,
        asked_by=one.asked_by,
        names=names,
        missing=say.t("word.comma").join(say.text(each.act.text) for each in waits),
        me=me,
        roles=frozenset(role for role in Role if role.value in one.act.by),
        single=single,
    )


def _citation(say: Speaker, seen: Seen, clock: Clock) -> Citation:
    duty = seen.sort.rests_on[0]
    if clock.deadline.figure is None:
        return cited(say, duty)
    label = say.catalogue.figure_citation(clock.deadline.figure, say.lang)
    return Citation(label=label, summary=cited(say, duty).summary)


def _row(say: Speaker, seen: Seen, path: str) -> Words:
    """Return the row of the register that the dossier names first, or else the dossier itself."""
    for act in seen.dossier.acts:
        known = seen.sort.act(act.what)
        for field in () if known is None else known.fields:
            value = act.fields.get(field.name)
            if field.rows in KIND_BY_PLURAL and isinstance(value, str) and value:
                return say.row_words(RowRef(KIND_BY_PLURAL[field.rows].name, value))
    return Words(text=title_of(say, seen), href=f"{path}/{seen.dossier.id}")


def _proof(say: Speaker, seen: Seen, clock: Clock) -> Words:
    """Return the record of the act that set the deadline running."""
    started = [one for one in seen.dossier.acts if one.what in clock.sort.starts]
    act = started[-1] if started else seen.dossier.acts[0]
    if act.position is None:
        return Words(text=say.t("red.not-recorded"), href="/console/evidence")
    return Words(
        text=say.t("red.record", n=f"{act.position:,}"),
        href=f"/console/evidence/records/{act.position}",
    )


def _fix(say: Speaker, seen: Seen, clock: Clock, path: str) -> Words:
    stops = [act for act in seen.sort.acts if act.what in clock.sort.stops]
    mine = [act for act in seen.acts if act.what in clock.sort.stops]
    wanted = (mine or stops)[:3]
    names = say.t("word.comma").join(say.text(act.text) for act in wanted)
    return Words(text=names or say.t("red.see-acts"), href=f"{path}/{seen.dossier.id}#acts")
