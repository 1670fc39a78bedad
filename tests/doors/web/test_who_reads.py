"""Who reads what is kept of individuals: one rule for records and for an individual's page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import provide, readings, staff_of
from tests.doors.service_kit import Kit, start
from tests.doors.web.consent_kit import GENERAL, Choosing

from chengnuo.domain.consent.event import Act
from chengnuo.doors.web.who_reads import READERS, may_read
from chengnuo.ports.accounts import Role

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"
REASON = "处理投诉，核对同意的时间"
ACCOUNT = "tea-house-of-the-roles"


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    made = start(tmp_path_factory.mktemp("reads") / "data", demo=True, register=str(SAMPLE))
    choosing = Choosing(kit=made)
    choosing.answer(choosing.born(ACCOUNT), GENERAL, Act.GIVE)
    yield made
    made.service.close()


def asked(kit: Kit, browser: Browser, reason: str) -> tuple[int, int]:
    """Ask for a payload and for the individual it concerns; returns both statuses."""
    position = provide(kit, Choosing(kit=kit).person(ACCOUNT))
    record = browser.submit(
        "/console/evidence", f"/console/evidence/records/{position}/read", {"reason": reason}
    )
    said = {"account": ACCOUNT, "reason": reason}
    individual = browser.submit("/console/evidence", "/console/individual", said)
    return record.status_code, individual.status_code


@pytest.mark.parametrize("role", list(Role))
def test_a_role_reads_payloads_and_individuals_or_neither(kit: Kit, role: Role) -> None:
    before = readings(kit)
    expected = 200 if may_read(role) else 403
    assert asked(kit, staff_of(kit, role), REASON) == (expected, expected)
    assert readings(kit) == before + (2 if may_read(role) else 0)


@pytest.mark.parametrize("role", list(Role))
def test_no_role_reads_without_a_reason(kit: Kit, role: Role) -> None:
    before = readings(kit)
    expected = 400 if may_read(role) else 403
    assert asked(kit, staff_of(kit, role), "  ") == (expected, expected)
    assert readings(kit) == before


def test_the_page_of_an_individual_leads_to_their_records(kit: Kit) -> None:
    staff = staff_of(kit, Role.STAFF)
    said = {"account": ACCOUNT, "reason": REASON}
    page = staff.submit("/console/individual", "/console/individual", said).text
    records = page.partition('id="records"')[2].partition("</section>")[0]
    assert records.count('href="/console/evidence/records/') > 1


def test_everybody_but_the_admin_reads() -> None:
    assert set(Role) - set(READERS) == {Role.ADMIN}
