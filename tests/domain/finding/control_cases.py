"""For each control over records: records in which it fails, in which it passes, and none at all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from tests.domain.finding import test_automated_controls as automated
from tests.domain.finding import test_border_controls as borders
from tests.domain.finding import test_consent_controls as consent
from tests.domain.finding import test_incident_controls as incidents
from tests.domain.finding import test_price_controls as prices
from tests.domain.finding import test_rights_controls as rights
from tests.domain.finding import test_safeguard_controls as safeguards
from tests.strategies.clean_register import TODAY

from chengnuo.base.text import Text
from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.dossier.sorts.recorded_control import FAILING, SHOWN
from chengnuo.domain.finding.automated_records import AutomatedRecords, OffLost
from chengnuo.domain.finding.border_records import BorderRecords
from chengnuo.domain.finding.consent_records import ConsentRecords
from chengnuo.domain.finding.dossier_controls import RECURS_FROM
from chengnuo.domain.finding.dossier_records import (
    AssessmentSeen,
    DossierRecords,
    DossierSeen,
    HotlineSeen,
    LateClock,
    RecordedSeen,
)
from chengnuo.domain.finding.party_controls import RULES_OF_RELEASES
from chengnuo.domain.finding.party_records import (
    EndedSeen,
    PartyRecords,
    ReleaseSeen,
    SdkShipped,
    SubPartySeen,
)
from chengnuo.domain.finding.price_records import PriceRecords, Shown
from chengnuo.domain.finding.rights_records import RightsRecords
from chengnuo.domain.finding.safeguard_controls import REQUIRED
from chengnuo.domain.finding.safeguard_records import AuditSeen, SafeguardRecords
from chengnuo.law.rights import Right

DAY = timedelta(days=1)
OVERDUE = LateClock(text=Text("答复", "answer"), due=TODAY - DAY, met=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Records of one sort for one control."""

    fails: Any
    passes: Any
    nothing: Any


def _of_dossiers(**said: Any) -> DossierRecords:  # noqa: ANN401  fields as given
    return DossierRecords(**{"dossiers": (), "on": TODAY, **said})


def _dossier(sort: str, **said: Any) -> DossierSeen:  # noqa: ANN401  likewise
    return DossierSeen(
        dossier=f"{SORTS[sort].prefix}-1",
        sort=sort,
        state="open",
        state_text=Text("未办结", "open"),
        opened=TODAY,
        **said,
    )


def _recorded(item: str, state: str) -> RecordedSeen:
    return RecordedSeen(dossier="rc-1", item=item, state=state, on=TODAY)


def _of_items(items: tuple[str, ...], state: str) -> DossierRecords:
    return _of_dossiers(recorded=tuple(_recorded(one, state) for one in items))


def _in_time() -> Iterator[tuple[str, Case]]:
    for sort in SORTS.values():
        if sort.clocks:
            met = _dossier(sort.id, clocks=1)
            yield (
                f"{sort.id}-in-time",
                Case(
                    fails=_of_dossiers(dossiers=(replace(met, late=(OVERDUE,)),)),
                    passes=_of_dossiers(dossiers=(met,)),
                    nothing=_of_dossiers(),
                ),
            )


_ITEMS = {
    "tariffs": ("tariffs",),
    "gigabit": ("gigabit",),
    "permissions-and-policy": ("policy-summary", "permission-purpose"),
    "splash": ("splash",),
    "cloud-speed": ("cloud-speed",),
    "menus": ("menus",),
    "across-regions": ("across-regions",),
    "portability": ("portability",),
    "responsibility-chain": ("responsibility-chain",),
    "without-account": ("anonymous-content",),
    "faces": ("face",),
    "covert": ("covert",),
}
_MONTH = HotlineSeen(
    dossier="hl-1",
    first=date(2026, 10, 1),
    mean_wait_s=20,
    most_wait_s=30,
    answered=0.99,
    more_than=0.85,
)
_ASSESSED = AssessmentSeen(
    assessment="pia", done=TODAY, dossier="pa-1", approved=TODAY, activity="orders"
)
_COMPLAINT = _dossier("complaint", cause="rights", activity="orders")
_LESSON_LEFT = incidents.lesson(date(2027, 1, 1))
_LATE_LESSON = incidents.lesson(TODAY - 30 * DAY)
_TWO_OF_A_CAUSE = _of_dossiers(
    incidents=(incidents.incident("in-2", _LESSON_LEFT), incidents.incident("in-1", _LESSON_LEFT))
)


def _dossiers() -> dict[str, Case]:
    nothing = _of_dossiers()
    return {
        **dict(_in_time()),
        **{
            f"looked-at-{name}": Case(
                fails=_of_items(items, FAILING), passes=_of_items(items, SHOWN), nothing=nothing
            )
            for name, items in _ITEMS.items()
        },
        "recorded-controls-not-failing": Case(
            fails=_of_dossiers(dossiers=(replace(_dossier("recorded-control"), state=FAILING),)),
            passes=_of_dossiers(dossiers=(_dossier("recorded-control"),)),
            nothing=nothing,
        ),
        "assessments-not-dated-back": Case(
            fails=_of_dossiers(assessments=(replace(_ASSESSED, done=TODAY - DAY),)),
            passes=_of_dossiers(assessments=(_ASSESSED,)),
            nothing=nothing,
        ),
        "assessments-on-record": Case(
            fails=_of_dossiers(
                assessments=(_ASSESSED, replace(_ASSESSED, assessment="b", approved=None))
            ),
            passes=_of_dossiers(assessments=(_ASSESSED,)),
            nothing=nothing,
        ),
        "complaints-not-recurring": Case(
            fails=_of_dossiers(dossiers=(_COMPLAINT,) * RECURS_FROM),
            passes=_of_dossiers(dossiers=(_COMPLAINT,) * (RECURS_FROM - 1)),
            nothing=nothing,
        ),
        "hotline-answers": Case(
            fails=_of_dossiers(hotline=(replace(_MONTH, mean_wait_s=31),)),
            passes=_of_dossiers(hotline=(_MONTH,)),
            nothing=nothing,
        ),
        "incident-lessons-carried-out": Case(
            fails=_of_dossiers(incidents=(incidents.incident("in-1", _LATE_LESSON),)),
            passes=_of_dossiers(incidents=(incidents.incident("in-1", _LESSON_LEFT),)),
            nothing=nothing,
        ),
        "incident-causes-not-recurring": Case(
            fails=_TWO_OF_A_CAUSE,
            passes=_of_dossiers(incidents=(incidents.incident("in-1", _LESSON_LEFT),)),
            nothing=nothing,
        ),
    }


def _consent() -> dict[str, Case]:
    nothing = ConsentRecords(
        since=0, until=consent.NOW, acts=(), permits=(), notices=(), starts={}, follow_ups=()
    )
    return {
        name: Case(fails=fails, passes=consent.GOOD, nothing=nothing)
        for name, fails in consent.BROKEN
    }


_RIGHTS = {
    "copies-answered-in-time": Right.COPY,
    "mended-in-time": Right.CORRECT,
    "erased-and-looked-again": Right.DELETE,
    "cancelled-in-time": Right.CANCEL_ACCOUNT,
    "reviews-answered-in-time": Right.REFUSE_AUTOMATED,
    "automated-explained-in-time": Right.EXPLAIN_AUTOMATED,
}


def _rights() -> dict[str, Case]:
    nothing = RightsRecords(today=TODAY, requests=())
    good = replace(nothing, requests=rights.GOOD, told=2)
    late = {
        name: replace(nothing, requests=(rights.seen(right, took=None),))
        for name, right in _RIGHTS.items()
    }
    left = rights.seen(Right.DELETE, looked_again=1, residue=1)
    late["erased-and-looked-again"] = replace(nothing, requests=(left,))
    return {
        **{name: Case(fails=one, passes=good, nothing=nothing) for name, one in late.items()},
        "recipients-confirm": Case(
            fails=replace(nothing, told=2, unconfirmed=("rq-1",)), passes=good, nothing=nothing
        ),
    }


def _safeguards() -> dict[str, Case]:
    nothing = SafeguardRecords(on=safeguards.ON, most_in_a_row=2)
    audit = AuditSeen(dossier="au-1", body="a", lead="b", external=True)
    return {
        **{
            f"safeguard-{one}-shown": Case(
                fails=replace(nothing, safeguards=(safeguards.safeguard(one, "failing"),)),
                passes=replace(nothing, safeguards=(safeguards.safeguard(one),)),
                nothing=nothing,
            )
            for one in REQUIRED
        },
        "audits-by-changing-bodies": Case(
            fails=replace(nothing, audits=(audit,) * 3),
            passes=replace(nothing, audits=(audit,)),
            nothing=nothing,
        ),
    }


def _parties() -> dict[str, Case]:
    nothing = PartyRecords()
    sub = SubPartySeen(recipient="cloud", name=Text("机房", "Host"), agreed=True)
    ended = EndedSeen(recipient="maps", dossier="sv-1")
    shipped = SdkShipped(app="tea", name="Push", version="1", why=None)
    released = ReleaseSeen(app="tea", version="1")
    found = tuple((rule, Text("有问题", "wrong")) for rule in sorted(RULES_OF_RELEASES))
    of_releases = Case(
        fails=replace(nothing, released=(replace(released, open=found),)),
        passes=replace(nothing, released=(released,)),
        nothing=nothing,
    )
    return {
        "sub-entrusting-agreed": Case(
            fails=replace(nothing, subs=(replace(sub, agreed=False),)),
            passes=replace(nothing, subs=(sub,)),
            nothing=nothing,
        ),
        "given-up-recipients-unused": Case(
            fails=replace(nothing, ended=(replace(ended, activities=("nearby",)),)),
            passes=replace(nothing, ended=(ended,)),
            nothing=nothing,
        ),
        "shipped-sdks-approved": Case(
            fails=replace(nothing, sdks=(replace(shipped, why=Text("没有批准", "none")),)),
            passes=replace(nothing, sdks=(shipped,)),
            nothing=nothing,
        ),
        "released-nothing-covert": of_releases,
        "released-faces-not-only-way": of_releases,
    }


def _borders() -> dict[str, Case]:
    nothing = BorderRecords(today=borders.YEAR.today)
    broken = {
        "abroad-route-suffices": borders.changed(suffices=False),
        "abroad-route-in-force": borders.changed(until=borders.YEAR.today - DAY),
        "abroad-within-declared": borders.changed(general=901),
    }
    return {
        name: Case(fails=one, passes=borders.YEAR, nothing=nothing) for name, one in broken.items()
    }


def _automated() -> dict[str, Case]:
    good = AutomatedRecords(
        decided=(automated.GOOD,), turned_on=(automated.BY_HAND,), kept_off=2, labels_deleted=1
    )
    lost = OffLost(position=5, switch="ads", activity="feed", individuals=3)
    broken = {
        "personal-decisions-while-on": replace(good, decided=(replace(automated.GOOD, off=True),)),
        "off-stays-off": replace(good, off_lost=(lost,)),
        "refused-machines-decide-nothing": replace(
            good, decided=(replace(automated.GOOD, alone_though_refused=True),)
        ),
        "deleted-labels-stay-deleted": replace(good, labels_back=(4,)),
        "explanation-obtainable": replace(
            good, decided=(replace(automated.GOOD, explained=False),)
        ),
    }
    return {
        name: Case(fails=one, passes=good, nothing=AutomatedRecords())
        for name, one in broken.items()
    }


def _prices() -> dict[str, Case]:
    broken = {
        "prices-audited": replace(prices.ALL, audits=(replace(prices.AUDIT, shown=Shown.FOUND),)),
        "prices-probed": replace(prices.ALL, probes=(replace(prices.PROBE, shown=Shown.FOUND),)),
        "lists-plain-when-off": replace(
            prices.ALL, probes=(replace(prices.OFF, shown=Shown.FOUND),)
        ),
        "prices-plain-when-off": replace(
            prices.ALL, probes=(replace(prices.OFF_PRICE, shown=Shown.FOUND),)
        ),
        "price-statements-whole": replace(prices.ALL, unkept=(33,)),
    }
    return {
        name: Case(fails=one, passes=prices.ALL, nothing=PriceRecords())
        for name, one in broken.items()
    }


_ROOMS: tuple[Callable[[], dict[str, Case]], ...] = (
    _consent,
    _rights,
    _dossiers,
    _safeguards,
    _parties,
    _borders,
    _automated,
    _prices,
)
CASES = {name: case for room in _ROOMS for name, case in room().items()}
