"""A child, their guardian, and growing up: by acts and decisions, to the verifier and back.

The clock goes to the midnight in China after the fourteenth and the eighteenth birthday.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.doors.service_kit import Kit, start
from tests.doors.web.consent_kit import Choosing
from tests.duties.duty_kit import SAMPLE, Duties, disclosed
from tests.usecases.dossier.ways import WAYS

from chengnuo.domain.consent.event import Act
from chengnuo.domain.consent.guardians import Speaker
from chengnuo.domain.decision.request import Request
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.ids import ActivityId
from chengnuo.ports.accounts import Role
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.guardian_desk import GuardianDesk

CHILD, MOTHER = "minor-4711", "guardian-4712"
ITEM, OWN = ConsentItemId("browsing/minors"), ConsentItemId("browsing/general")
BROWSING = Request(activity=ActivityId("browsing"))
READ = "/console/individual"
GROWN = date(1890, 5, 4)


@pytest.fixture
def duties(tmp_path: Path) -> Iterator[Duties]:
    kit = start(tmp_path / "data", demo=True, register=str(SAMPLE))
    yield Duties(kit=kit, folder=tmp_path)
    kit.service.close()


def known(kit: Kit, account: str, born: date) -> PersonKey:
    person = Choosing(kit=kit).person(account)
    kit.service.services.consents.told(person, birth_date=born, account=AccountState.ACTIVE)
    return person


def gives(kit: Kit, child: PersonKey, mother: PersonKey) -> None:
    """A guardian, of whom the operator has made sure, agrees."""
    consents = kit.service.services.consents
    desk = GuardianDesk(consents)
    desk.state_by_operator(child, mother, relation="mother", method="papers-seen")
    shown = Choosing(kit=kit).shown(ITEM)
    consents.answer(child, ITEM, Act.GIVE, shown, guardian=desk.stated(child, mother), by=mother)


def shown_of(duties: Duties) -> list[dict[str, object]]:
    """Return what an evidence file about the child shows; it verifies."""
    file = duties.evidence_file("person", account=CHILD)
    verdict = duties.verified(file)
    assert (verdict.status, verdict.code) == (0, "evidence-whole"), verdict
    return disclosed(file)


def midnight_after(birthday: date) -> datetime:
    """Return the first instant in China on which the years are full."""
    return datetime(birthday.year, birthday.month, birthday.day, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("born", "birthday"),
    [
        pytest.param(date(2012, 12, 31), date(2026, 12, 31), id="the last day of a year"),
        pytest.param(date(2013, 10, 1), date(2027, 10, 1), id="National Day"),
        pytest.param(date(2016, 2, 29), date(2030, 2, 28), id="a leap day"),
    ],
)
def test_at_fourteen_the_guardians_yes_ends_and_the_young_person_decides(
    duties: Duties, born: date, birthday: date
) -> None:
    kit = duties.kit
    choosing = Choosing(kit=kit)
    child, mother = known(kit, CHILD, born), known(kit, MOTHER, GROWN)
    assert choosing.decide(child, BROWSING) == "ask"
    gives(kit, child, mother)
    kit.clock.at = midnight_after(birthday) - timedelta(microseconds=1)
    kit.service.services.sweep()
    assert choosing.decide(child, BROWSING) == "permit"
    kit.clock.at = midnight_after(birthday)
    assert choosing.decide(child, BROWSING) == "ask"
    kit.service.services.sweep()
    standing = kit.service.services.consents.standing_of(child)
    assert standing[ITEM].event.act is Act.HAND_OVER
    choosing.answer(child, OWN, Act.GIVE)
    assert choosing.decide(child, BROWSING) == "permit"
    said = shown_of(duties)
    assert [one["reason"] for one in said if "reason" in one and "consent" in one] == [
        "handed-over"
    ]
    relations = [(one["state"], one["by"]) for one in said if "relation" in one or "who" in one]
    assert relations == [("stated", "operator"), ("ended", "child")]


@pytest.mark.parametrize(
    ("born", "birthday"),
    [
        pytest.param(date(2008, 12, 31), date(2026, 12, 31), id="the last day of a year"),
        pytest.param(date(2012, 2, 29), date(2030, 2, 28), id="a leap day"),
    ],
)
def test_until_eighteen_staff_need_an_approval_and_then_no_more(
    duties: Duties, born: date, birthday: date
) -> None:
    kit = duties.kit
    known(kit, CHILD, born)
    Choosing(kit=kit).answer(Choosing(kit=kit).person(CHILD), OWN, Act.GIVE)
    said = {"account": CHILD, "reason": "来电核对同意"}
    kit.clock.at = midnight_after(birthday) - timedelta(microseconds=1)
    staff = duties.browser(Role.STAFF)
    refused = staff.submit(READ, READ, said)
    assert refused.status_code == 403
    assert "须先申请访问" in refused.text
    assert CHILD in refused.text  # what was typed is kept
    kit.clock.at = midnight_after(birthday)
    staff = duties.browser(Role.STAFF)
    assert staff.submit(READ, READ, said).status_code == 200


def test_an_approval_opens_a_minors_record_to_whoever_asked_until_it_is_used(
    duties: Duties,
) -> None:
    known(duties.kit, CHILD, date(2012, 5, 4))
    Choosing(kit=duties.kit).answer(Choosing(kit=duties.kit).person(CHILD), OWN, Act.REFUSE)
    said = {"account": CHILD, "reason": "来电核对同意"}
    staff, reviewer = duties.browser(Role.STAFF), duties.browser(Role.REVIEWER)

    def status() -> int:
        return staff.submit(READ, READ, said).status_code

    assert status() == 403
    place = (
        f"/console/minors-access/{duties.done('minors-access', WAYS['minors-access'][:1], CHILD)}"
    )
    assert status() == 403
    day = f"{duties.kit.clock.now().date()}"
    granted = reviewer.submit(place, f"{place}/grant", {"until": day})
    assert granted.status_code == 303, granted.text
    assert status() == 200
    assert reviewer.submit(READ, READ, said).status_code == 403
    duties.kit.clock.pass_by(timedelta(days=1))
    duties.roles.clear()  # sessions do not last until the next day
    assert duties.browser(Role.STAFF).submit(READ, READ, said).status_code == 403


def test_a_relation_that_ended_is_in_the_evidence_with_what_ended(duties: Duties) -> None:
    kit = duties.kit
    child, mother = known(kit, CHILD, date(2018, 5, 4)), known(kit, MOTHER, GROWN)
    gives(kit, child, mother)
    assert Choosing(kit=kit).decide(child, BROWSING) == "permit"
    desk = GuardianDesk(kit.service.services.consents)
    desk.end(child, mother, Speaker.OPERATOR, reason="court-order")
    assert Choosing(kit=kit).decide(child, BROWSING) == "ask"
    said = shown_of(duties)
    assert [one.get("state") for one in said if "who" in one] == ["stated", "ended"]
    assert {"guardian-ended"} == {one["reason"] for one in said if "consent" in one}
    assert MOTHER not in repr(said)
    assert "1890-05-04" not in repr(said)


def test_the_console_counts_minors_and_names_nobody(duties: Duties) -> None:
    kit = duties.kit
    child, mother = known(kit, CHILD, date(2018, 5, 4)), known(kit, MOTHER, GROWN)
    known(kit, "teenager", date(2011, 5, 4))
    gives(kit, child, mother)
    desk = GuardianDesk(kit.service.services.consents)
    desk.ask(child, ConsentItemId("child-profiles/minors"))
    kit.service.services.sweep()
    page = duties.browser(Role.AUDITOR).get("/console/minors").text
    assert "child-profiles/minors" in page
    assert "2026 年度未成年人信息审计" in page
    assert CHILD not in page
    figures = page.split('id="known"')[1].split("</section>")[0]
    assert figures.count(">1<") == 2
    assert duties.browser(Role.ADMIN).get("/console/minors").status_code == 403


def test_an_item_taken_out_of_the_register_still_shows_by_its_id(duties: Duties) -> None:
    child = known(duties.kit, CHILD, date(2018, 5, 4))
    GuardianDesk(duties.kit.service.services.consents).ask(child, ConsentItemId("gone/minors"))
    assert "gone/minors" in duties.browser(Role.STAFF).get("/console/minors").text
