"""SDKs of releases held to dossiers: what is asked by itself, what the gate and the board say."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.domain.finding.inspection_kit import CLEAN, UMENG, sdk
from tests.usecases.dossier.dossier_house import REVIEWER, STAFF
from tests.usecases.dossier.ways import SDK_ANSWERS
from tests.usecases.governance.release_kit import Kit, kit_of

from chengnuo.adapters.working_calendar import load_working_calendar
from chengnuo.base.text import Text
from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.dossier.dossier import Dossier, DossierId
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.standing import NotYourActError, state_of
from chengnuo.domain.finding.live import LiveOutcome
from chengnuo.domain.governance.gate import GateVerdict
from chengnuo.domain.governance.vetting import NotVetted
from chengnuo.domain.observation.inspection import Presence
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.register.kinds import KIND_BY_PLURAL
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.civil import civil_date
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.seen import Actor
from chengnuo.usecases.evidence.file_requests import FourEyesError
from chengnuo.usecases.governance.party_figures import PartyFigures, sub_parties, watched_of
from chengnuo.usecases.governance.sdk_vettings import (
    SdksInReleases,
    SdkVettingsDue,
    vetted_in_dossiers,
)

OWNER = "umeng-analytics"
"""Recipient of the shop whose SDK it is."""
SORT = SORTS["sdk-vetting"]


def app(version: str) -> object:
    return replace(CLEAN, sdks=(sdk(UMENG, Presence.CALLED, Moment.LATER, version),))


@dataclass
class Sdks:
    """Releases, dossiers and what joins them."""

    kit: Kit
    desk: DossierDesk
    seen: SdksInReleases

    @property
    def due(self) -> SdkVettingsDue:
        return SdkVettingsDue(desk=self.desk, seen=self.seen)

    def ship(self, version: str) -> None:
        self.kit.clock.at += timedelta(minutes=1)  # the newest of two is told by its instant
        self.kit.told.seen = app(version)  # type: ignore[assignment]  # an inspection
        self.kit.inspected(content=f"PK\3\4 tea {version}".encode())

    def one(self) -> Dossier:
        (found,) = self.desk.store.every([SORT.id])
        return found

    def state(self) -> str:
        return state_of(SORT, self.one()).id

    def vet(self, until: str) -> None:
        """Answer what is asked, name an inspection and approve it."""
        wanted = self.one().id
        self.desk.act(wanted, "answer", STAFF, SDK_ANSWERS)
        self.desk.act(wanted, "inspect", STAFF, {"kit": "0123456789abcdef"})
        self.desk.act(wanted, "approve", REVIEWER, {"until": until})

    def why(self) -> list[NotVetted]:
        today = civil_date(self.kit.clock.now())
        return [one.why for _, one in self.seen.unvetted(today)]


@pytest.fixture
def sdks(tmp_path: Path, catalogue: Catalogue, knowledge: Knowledge) -> Iterator[Sdks]:
    kit = kit_of(tmp_path / "data", catalogue, knowledge, CLEAN)
    register = kit.desk.register

    def known(plural: str) -> tuple[str, ...]:
        rows = getattr(register.served.register, plural)
        return tuple(getattr(row, KIND_BY_PLURAL[plural].name) for row in rows)

    desk = DossierDesk(
        store=kit.data.dossiers,
        recorder=kit.desk.recorder,
        clock=kit.clock,
        tokens=kit.data.keys.tokens,
        catalogue=catalogue,
        calendar=load_working_calendar(),
        sorts=SORTS,
        known=known,
        promised=dict,
        enabled_accounts=lambda: 2,
    )
    releases = replace(
        kit.desk,
        require_vetting=True,
        vettings=lambda: vetted_in_dossiers(
            kit.data.dossiers, register.served.register, knowledge.sdks
        ),
    )
    yield Sdks(
        kit=kit, desk=desk, seen=SdksInReleases(releases=releases, catalogue=lambda: knowledge.sdks)
    )
    kit.close()


def test_the_maker_is_asked_once_and_the_gate_opens_with_the_approval(sdks: Sdks) -> None:
    sdks.ship("9.8.5")
    assert sdks.why() == [NotVetted.NONE]
    release = sdks.kit.desk.store.every()[0]
    report = sdks.seen.releases.report(release)
    assert sdks.seen.releases.gate(report).verdict is GateVerdict.FAILS
    first = sdks.due.open()
    assert (len(first), sdks.due.open()) == (1, ())
    assert sdks.one().value("recipient") == OWNER
    assert sdks.one().value("sdk-version") == "9.8.5"
    assert sdks.one().acts[0].by == "service"
    sdks.vet("2027-03-31")
    assert sdks.why() == []
    assert sdks.seen.releases.gate(report).verdict is not GateVerdict.FAILS
    assert sdks.due.open() == ()


def test_a_new_version_in_a_release_is_vetted_anew_while_the_old_stays_approved(
    sdks: Sdks,
) -> None:
    sdks.ship("9.8.5")
    sdks.due.open()
    sdks.vet("2027-03-31")
    sdks.ship("9.9.0")
    assert sdks.why() == [NotVetted.OTHER_VERSION]
    assert sdks.due.open() == (sdks.one().id,)
    assert (sdks.state(), sdks.one().value("why")) == ("asked", "new-version")
    assert sdks.due.open() == ()
    sdks.vet("2027-05-31")
    assert sdks.why() == []
    sdks.ship("9.8.5")
    assert sdks.why() == []


def test_before_an_approval_ends_it_is_asked_anew_and_once_it_has_ended_it_is_found(
    sdks: Sdks,
) -> None:
    sdks.ship("9.8.5")
    sdks.due.open()
    sdks.vet("2027-03-31")
    sdks.kit.clock.at = datetime(2027, 2, 28, 15, 59, tzinfo=UTC)
    assert sdks.due.open() == ()
    sdks.kit.clock.at = datetime(2027, 2, 28, 16, 0, tzinfo=UTC)
    assert len(sdks.due.open()) == 1
    assert (sdks.state(), sdks.one().value("why")) == ("asked", "expiry")
    assert list(sdks.seen.unvetted(date(2027, 3, 31))) == []
    assert [one.why for _, one in sdks.seen.unvetted(date(2027, 4, 1))] == [NotVetted.EXPIRED]


def test_an_approval_that_is_withdrawn_counts_no_more(sdks: Sdks) -> None:
    sdks.ship("9.8.5")
    sdks.due.open()
    sdks.vet("2027-03-31")
    sdks.desk.act(sdks.one().id, "withdraw", REVIEWER, {"reasons": "发现未告知的域名"})
    assert sdks.why() == [NotVetted.WITHDRAWN]
    assert sdks.due.open() == ()


def test_the_board_names_sdks_that_were_shipped_without_approval(sdks: Sdks) -> None:
    figures = PartyFigures(store=sdks.desk.store, register=sdks.kit.desk.register, seen=sdks.seen)

    def outcome(control: str) -> tuple[LiveOutcome, int]:
        runs = {one.control.id: one.result for one in figures.runs(sdks.kit.clock.now())}
        return runs[control].outcome, runs[control].wrong

    assert outcome("shipped-sdks-approved") == (LiveOutcome.NOTHING_TO_CHECK, 0)
    sdks.ship("9.8.5")
    assert outcome("shipped-sdks-approved") == (LiveOutcome.FAILED, 1)
    sdks.due.open()
    sdks.vet("2027-03-31")
    assert outcome("shipped-sdks-approved") == (LiveOutcome.PASSED, 0)


def test_who_is_given_up_and_named_still_is_found(sdks: Sdks) -> None:
    figures = PartyFigures(store=sdks.desk.store, register=sdks.kit.desk.register, seen=None)
    begun = {"recipient": OWNER, "next-check": "2027-03-31"}
    wanted: DossierId = sdks.desk.open("supervision", "begin", STAFF, begun).dossier.id
    assert figures.of(date(2026, 11, 29)).ended == ()
    over = {"reason": "到期", "return-by": "2026-12-31"}
    sdks.desk.act(wanted, "end", STAFF, over)
    (ended,) = figures.of(date(2026, 11, 29)).ended
    named = sdks.kit.desk.register.served.register.activities_with(ended.recipient)  # type: ignore[arg-type]
    assert ended.activities == tuple(one.activity for one in named)
    assert ended.activities
    sdks.desk.open("supervision", "begin", STAFF, begun)
    assert figures.of(date(2026, 11, 29)).ended == ()


def test_a_further_party_counts_as_agreed_to_only_once_a_reviewer_agreed(sdks: Sdks) -> None:
    served = sdks.kit.desk.register.served.register
    rows = tuple(
        replace(one, sub_recipients=(Text("某云", "Some Cloud"),))
        if one.recipient == OWNER
        else replace(one, sub_recipients=())
        for one in served.recipients
    )
    register = replace(served, recipients=rows)

    def agreed() -> list[bool]:
        watched = sdks.desk.store.every(["supervision"])
        return [one.agreed for one in sub_parties(register, watched_of(watched))]

    assert agreed() == [False]
    begun = {"recipient": OWNER, "next-check": "2027-03-31"}
    wanted = sdks.desk.open("supervision", "begin", STAFF, begun).dossier.id
    maker = Actor(id=OWNER, party=Party.PARTNER)
    other = {"sub-recipient": "另一云", "purpose": "存储", "wanted-from": "2026-12-31"}
    sdks.desk.act(wanted, "ask-sub-entrusting", maker, other)
    sdks.desk.act(wanted, "agree-sub-entrusting", REVIEWER, {})
    assert agreed() == [False]
    asked = other | {"sub-recipient": " some cloud "}
    sdks.desk.act(wanted, "ask-sub-entrusting", maker, asked)
    assert agreed() == [False]
    late = [one.sort.id for one in sdks.desk.clocks(sdks.desk.store.every(["supervision"])[0])]
    assert late == ["check", "sub-entrusting"]
    sdks.desk.act(wanted, "agree-sub-entrusting", REVIEWER, {"conditions": "只存三十日"})
    assert agreed() == [True]


def test_whoever_asked_answered_or_inspected_does_not_approve(sdks: Sdks) -> None:
    asked = {"recipient": OWNER, "sdk-version": "9.8.5", "why": "new", "answer-by": "2026-12-31"}
    for asks, answers, inspects in (
        (REVIEWER, STAFF, STAFF),
        (STAFF, REVIEWER, STAFF),
        (STAFF, STAFF, REVIEWER),
    ):
        wanted = sdks.desk.open("sdk-vetting", "ask", asks, asked).dossier.id
        sdks.desk.act(wanted, "answer", answers, SDK_ANSWERS)
        sdks.desk.act(wanted, "inspect", inspects, {"kit": "0123456789abcdef"})
        with pytest.raises(FourEyesError):
            sdks.desk.act(wanted, "approve", REVIEWER, {"until": "2027-03-31"})
        with pytest.raises(NotYourActError):
            sdks.desk.act(wanted, "approve", STAFF, {"until": "2027-03-31"})
