"""What a request came to, as a page shows it: store by store, who was told, files, the answer."""

from dataclasses import dataclass

from chengnuo.domain.rights.reply import StoreResult, StoreState
from chengnuo.doors.web.console_mends import with_mend
from chengnuo.doors.web.console_rights_plan_view import RefusalView, refusal_view
from chengnuo.doors.web.console_rights_words import RightsWords
from chengnuo.doors.web.page_parts import (
    Cell,
    Empty,
    Fact,
    Mend,
    Row,
    Status,
    StatusKind,
    Table,
    Words,
    linked,
    said,
)
from chengnuo.usecases.rights.seen import OutsideState, RequestSeen

_STORES = {
    StoreState.OPEN: StatusKind.NOTE,
    StoreState.DONE: StatusKind.FINE,
    StoreState.RESIDUE: StatusKind.GRAVE,
    StoreState.STOPPED: StatusKind.GRAVE,
    StoreState.BY_HAND: StatusKind.WARN,
    StoreState.LEFT_OUT: StatusKind.NONE,
}
_OUTSIDE = {
    OutsideState.TO_SEND: StatusKind.NOTE,
    OutsideState.SENT: StatusKind.NOTE,
    OutsideState.ACKNOWLEDGED: StatusKind.FINE,
    OutsideState.GIVEN_UP: StatusKind.GRAVE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """The answer.

    Attributes:
        outcome: How it ended.
        when: When.
        facts: What is kept, who was told and who was not.
        refusals: What was refused.
        letter: The whole answer in words.

    """

    outcome: Status
    when: str
    facts: tuple[Fact, ...]
    refusals: tuple[RefusalView, ...]
    letter: str


def results_table(say: RightsWords, results: tuple[StoreResult, ...], mend: Mend) -> Table:
    """Return what was done in each store, and what mends the request where that did not do."""
    heads = ("store", "state", "found", "deleted", "changed", "kept", "withheld", "residue")
    return Table(
        caption=say.t("console.rights.results"),
        heads=tuple(say.t(f"console.rights.result.{head}") for head in heads),
        rows=tuple(
            Row(
                cells=(
                    (say.store(one.store, one.name),),
                    _state(say, one, mend),
                    *(
                        said(f"{count:,}")
                        for count in (one.found, one.deleted, one.changed, one.kept, one.withheld)
                    ),
                    said("—" if one.residue is None else f"{one.residue:,}"),
                )
            )
            for one in results
        ),
        empty=Empty(
            name=say.t("console.rights.nothing-done"),
            text=say.t("empty.request"),
            href="#acts",
            act=say.t("nav.rights"),
        ),
        numbers=(2, 3, 4, 5, 6, 7),
    )


def _state(say: RightsWords, one: StoreResult, mend: Mend) -> Cell:
    notes = [say.when(one.at)]
    if one.stopped is not None:
        notes += [say.text(one.stopped.what), say.text(one.stopped.action)]
    status = Status(kind=_STORES[one.state], word=say.t(f"console.rights.state.{one.state}"))
    return (Words(status=with_mend(status, mend), notes=tuple(note for note in notes if note)),)


def outside_table(say: RightsWords, seen: RequestSeen) -> Table:
    """Return who outside was told, and how far that is."""
    heads = ("recipient", "how-far", "attempts", "next-at")
    return Table(
        caption=say.t("console.rights.outside"),
        heads=tuple(say.t(f"console.rights.told.{head}") for head in heads),
        rows=tuple(
            Row(
                cells=(
                    linked(say.text(one.name), f"/console/register/recipients/{one.recipient}"),
                    (
                        Words(
                            status=with_mend(
                                Status(
                                    kind=_OUTSIDE[one.state],
                                    word=say.t(f"console.rights.sent.{one.state}"),
                                ),
                                say.mend(seen),
                            )
                        ),
                    ),
                    said(f"{one.attempts}"),
                    said(say.when(one.next_at) or "—"),
                )
            )
            for one in seen.outside
        ),
        empty=Empty(
            name=say.t("console.rights.nobody-told"),
            text=say.t("empty.request"),
            href="#acts",
            act=say.t("nav.rights"),
        ),
        numbers=(2,),
    )


def files_table(say: RightsWords, seen: RequestSeen) -> Table:
    """Return the files to take home; only the individual takes them."""
    heads = ("name", "size", "expires", "sha256")
    return Table(
        caption=say.t("console.rights.files"),
        heads=tuple(say.t(f"console.rights.file.{head}") for head in heads),
        rows=tuple(
            Row(
                cells=(
                    said(one.name),
                    said(say.t("console.rights.bytes", n=f"{one.size:,}")),
                    said(say.when(one.expires)),
                    (Words(text=one.sha256, hash=True),),
                )
            )
            for one in seen.files
        ),
        numbers=(1,),
    )


def answer_view(say: RightsWords, seen: RequestSeen) -> AnswerView | None:
    """Return the answer; None before there is one."""
    reply = seen.reply
    if reply is None:
        return None
    lists = (
        ("kept", tuple(Words(text=say.kept(one)) for one in reply.kept)),
        ("told", tuple(Words(text=say.text(one)) for one in reply.told)),
        ("not-told", tuple(Words(text=say.text(one)) for one in reply.not_told)),
        ("remedies", tuple(Words(text=say.text(one)) for one in reply.remedies)),
    )
    return AnswerView(
        outcome=say.stage(seen.stage),
        when=say.when(reply.at),
        facts=tuple(
            Fact(name=say.t(f"console.rights.answer.{name}"), value=value)
            for name, value in lists
            if value
        ),
        refusals=tuple(refusal_view(say, one) for one in reply.refusals),
        letter=say.text(reply.letter),
    )
