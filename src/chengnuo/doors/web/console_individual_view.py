"""One individual's record as a page: who they are to us, what they chose, what is to be done."""

from dataclasses import dataclass

from chengnuo.base.instant import from_us
from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.event import Act
from chengnuo.domain.consent.what_follows import FollowState, FollowUp
from chengnuo.doors.texts import moment
from chengnuo.doors.web.consent_words import ConsentWords
from chengnuo.doors.web.console_consent_rows import acts_table
from chengnuo.doors.web.page_parts import (
    Cell,
    Empty,
    Fact,
    Row,
    Section,
    Status,
    StatusKind,
    Table,
    Words,
    said,
)
from chengnuo.doors.web.people_pages import Choice
from chengnuo.usecases.consent.individual_record import IndividualRecord
from chengnuo.usecases.consent.labels import LabelRequest
from chengnuo.usecases.consent.renewing import Renewal

MOST_ACTS = 300
_FOLLOW_KINDS = {
    FollowState.OPEN: StatusKind.WARN,
    FollowState.DONE: StatusKind.FINE,
    FollowState.CALLED_OFF: StatusKind.NONE,
}
_ACT_KINDS = {Act.REFUSE: StatusKind.NOTE, Act.WITHDRAW: StatusKind.NOTE}


@dataclass(frozen=True, slots=True, kw_only=True)
class IndividualPage:
    """The page, before and after.

    Attributes:
        account: The account id asked for.
        reason: What was written as reason, if it was refused.
        error: What was wrong, or empty.
        field: Which field was wrong: `account` or `reason`.
        unknown: Whether nothing is kept of the id.
        sections: The record, once it is shown.
        to_clear: Activities with their names whose labels wait to be cleared, for whoever may
            say that it was done.
        done: What was just recorded, or empty.
        kinds: By what somebody can be sought.
        kind: By what it was.

    """

    account: str = ""
    reason: str = ""
    error: str = ""
    field: str = ""
    unknown: bool = False
    sections: tuple[Section, ...] = ()
    to_clear: tuple[tuple[str, str], ...] = ()
    done: str = ""
    kinds: tuple[Choice, ...] = ()
    kind: str = ""


def sections_of(say: ConsentWords, found: IndividualRecord, *, now: int) -> tuple[Section, ...]:
    """Return a record as sections."""
    return (
        _who(say, found),
        _now(say, found),
        *((_renewals(say, found.renewals),) if found.renewals else ()),
        _follow_ups(say, found.follow_ups, now),
        _switches(say, found),
        *((_labels(say, found.labels),) if found.labels else ()),
        _history(say, found.history),
    )


def _who(say: ConsentWords, found: IndividualRecord) -> Section:
    one = found.state.individual
    restricted = "restricted" if one.restricted else "not-restricted"
    objects = tuple(
        Words(text=say.activity(activity)) for activity in sorted(found.state.objects_to)
    )
    facts = [
        Fact(name=say.t("individual.age"), value=said(one.age.text.in_lang(say.lang))),
        Fact(
            name=say.t("individual.account-state"),
            value=said(say.t(f"individual.account.{one.account.value}")),
        ),
        Fact(name=say.t("individual.restriction"), value=said(say.t(f"individual.{restricted}"))),
        Fact(
            name=say.t("individual.deleted"),
            value=said(say.t("word.yes" if one.suppressed else "word.no")),
        ),
        Fact(name=say.t("individual.names"), value=said(f"{found.names:,}")),
    ]
    if objects:
        facts.append(Fact(name=say.t("individual.objects"), value=objects))
    return Section(anchor="who", name=say.t("individual.who"), facts=tuple(facts))


def _now(say: ConsentWords, found: IndividualRecord) -> Section:
    heads = ("item", "individual-state", "when", "form", "where", "record")
    return Section(
        anchor="now",
        name=say.t("individual.now"),
        tables=(
            Table(
                caption=say.t("individual.now"),
                heads=tuple(say.t(f"consents.{head}") for head in heads),
                rows=tuple(
                    Row(
                        cells=(
                            said(say.item(entry.event.item), entry.event.item),
                            _standing(say, entry, counts=counts),
                            say.instant(entry.event.at),
                            _form(say, entry),
                            say.where(entry),
                            say.record(entry.event.position),
                        )
                    )
                    for entry, counts in found.stands
                ),
                empty=_empty(say, "no-consents"),
            ),
        ),
    )


def _standing(say: ConsentWords, entry: Entry, *, counts: bool) -> Cell:
    act = entry.event.act
    if act is not Act.GIVE:
        kind = _ACT_KINDS.get(act, StatusKind.NONE)
        return (Words(status=Status(kind=kind, word=say.act(entry))),)
    if counts:
        return (Words(status=Status(kind=StatusKind.FINE, word=say.t("individual.counts"))),)
    return (Words(status=Status(kind=StatusKind.WARN, word=say.t("individual.no-count"))),)


def _form(say: ConsentWords, entry: Entry) -> Cell:
    notes: list[str] = []
    if entry.guardian is not None:
        notes.append(
            say.t(
                "individual.guardian",
                relation=entry.guardian.relation,
                method=entry.guardian.method,
            )
        )
    if entry.event.until is not None:
        notes.append(say.t("individual.until", day=moment(from_us(entry.event.until))))
    return said(say.form(entry), *notes)


def _renewals(say: ConsentWords, renewals: tuple[Renewal, ...]) -> Section:
    heads = ("item", "was", "is-now")
    return Section(
        anchor="renewals",
        name=say.t("individual.renewals"),
        tables=(
            Table(
                caption=say.t("individual.renewals"),
                heads=tuple(say.t(f"consents.{head}") for head in heads),
                rows=tuple(
                    Row(
                        cells=(
                            said(say.item(one.item.id), one.item.id),
                            _side(say, one, before=True),
                            _side(say, one, before=False),
                        )
                    )
                    for one in renewals
                ),
            ),
        ),
    )


def _side(say: ConsentWords, renewal: Renewal, *, before: bool) -> Cell:
    return tuple(
        Words(
            text=(each.before if before else each.after).in_lang(say.lang),
            notes=(each.what.in_lang(say.lang),),
        )
        for each in renewal.differences
    ) or said("—")


def _follow_ups(say: ConsentWords, follow_ups: tuple[FollowUp, ...], now: int) -> Section:
    heads = ("to-do", "item", "due-from", "individual-state", "record")
    return Section(
        anchor="follow-ups",
        name=say.t("individual.follow-ups"),
        tables=(
            Table(
                caption=say.t("individual.follow-ups"),
                heads=tuple(say.t(f"consents.{head}") for head in heads),
                rows=tuple(
                    Row(
                        cells=(
                            said(
                                say.t(f"individual.follow.{one.kind.value}"),
                                say.recipient(one.recipient) if one.recipient else "",
                            ),
                            said(say.item(one.item)),
                            say.instant(one.due),
                            _done(say, one, now),
                            say.record(one.withdrawal if one.done is None else one.done),
                        )
                    )
                    for one in follow_ups
                ),
                empty=_empty(say, "no-follow-ups"),
            ),
        ),
    )


def _done(say: ConsentWords, one: FollowUp, now: int) -> Cell:
    kind, word = _FOLLOW_KINDS[one.state], one.state.value
    if one.state is FollowState.OPEN and not one.is_due(now):
        kind, word = StatusKind.NOTE, "waits"
    return (Words(status=Status(kind=kind, word=say.t(f"individual.state.{word}"))),)


def _switches(say: ConsentWords, found: IndividualRecord) -> Section:
    switches = () if say.register is None else say.register.switches
    heads = ("switch", "individual-state")
    return Section(
        anchor="switches",
        name=say.t("individual.switches"),
        tables=(
            Table(
                caption=say.t("individual.switches"),
                heads=tuple(say.t(f"consents.{head}") for head in heads),
                rows=tuple(
                    Row(
                        cells=(
                            said(switch.name.in_lang(say.lang), switch.switch),
                            said(
                                say.t(
                                    "individual.on"
                                    if found.state.switches.get(switch.switch, switch.default_on)
                                    else "individual.off"
                                ),
                                ""
                                if switch.switch in found.state.switches
                                else say.t("individual.never-set"),
                            ),
                        )
                    )
                    for switch in switches
                ),
                empty=_empty(say, "no-switches"),
            ),
        ),
    )


def _labels(say: ConsentWords, labels: tuple[LabelRequest, ...]) -> Section:
    heads = ("activity", "individual-state", "when", "record")
    return Section(
        anchor="labels",
        name=say.t("individual.labels"),
        tables=(
            Table(
                caption=say.t("individual.labels"),
                heads=tuple(say.t(f"consents.{head}") for head in heads),
                rows=tuple(
                    Row(
                        cells=(
                            said(say.activity(one.activity), one.activity),
                            _cleared(say, done=one.done),
                            say.instant(one.at),
                            say.record(one.position),
                        )
                    )
                    for one in labels
                ),
            ),
        ),
    )


def _cleared(say: ConsentWords, *, done: bool) -> Cell:
    if done:
        return (Words(status=Status(kind=StatusKind.FINE, word=say.t("individual.cleared"))),)
    return (Words(status=Status(kind=StatusKind.WARN, word=say.t("individual.to-clear"))),)


def _history(say: ConsentWords, history: tuple[Entry, ...]) -> Section:
    more = say.t("individual.newest", n=MOST_ACTS) if len(history) > MOST_ACTS else ""
    return Section(
        anchor="history",
        name=say.t("individual.history"),
        lead=more,
        tables=(acts_table(say, history[:MOST_ACTS]),),
    )


def _empty(say: ConsentWords, key: str) -> Empty:
    return Empty(
        name=say.t(f"individual.{key}"),
        text=say.t("empty.individual"),
        href="/console/consents",
        act=say.t("nav.consents"),
    )
