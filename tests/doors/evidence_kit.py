"""People around the evidence log of a test service, and records about one of them."""

from datetime import UTC, datetime

from tests.doors.browser_kit import Browser
from tests.doors.service_kit import Kit

from chengnuo.domain.evidence.kinds import KeyClass, Kind
from chengnuo.ports.accounts import Account, AccountId, Role
from chengnuo.ports.evidence_keys import Erasure
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.individuals import PersonKey, Visitor
from chengnuo.usecases.evidence.recording import Rows

SOMEBODY_ELSE = PersonKey("e" * 64)
CONSENT = {
    "form": "separate",
    "fingerprint": "0" * 64,
    "notice": "1" * 64,
    "lang": "zh",
    "surface": "app",
    "steps": 2,
}
PROVISION = {"categories": ["PI-LOC-PRECISE"], "purpose": "崩溃分析", "method": "SDK 自动收集"}
SENT = Rows(activity="nearby-stores", recipient="sentry")


def staff_of(kit: Kit, role: Role) -> Browser:
    """Return the browser of a new account of a role, signed in."""
    services = kit.service.services
    account = Account(
        id=AccountId(f"{role}-of-the-log"),
        name=f"{role}.of.the.log",
        role=role,
        enabled=True,
        created_at=datetime(2026, 11, 21, tzinfo=UTC),
    )
    if not any(known.id == account.id for known in services.accounts.store.accounts()):
        services.accounts.store.add(account, password_hash="none")  # noqa: S106  fits nothing
    browser = Browser(kit.service.app, origin=kit.web.public_url)
    token = services.sign_in.open_for_identity(account).token
    browser.client.cookies.set("chengnuo-staff", token)
    return browser


def individual_of(kit: Kit) -> tuple[Browser, Visitor]:
    """Return the browser of the sample individual, come in, and who that is."""
    browser = Browser(kit.service.app, origin=kit.web.public_url)
    browser.submit("/centre/enter", "/centre/demo")
    visitor = kit.service.services.visitor(browser.cookie("chengnuo-individual"))
    assert visitor is not None
    return browser, visitor


def provide(kit: Kit, person: PersonKey | None) -> Position:
    """Record that an individual's information was given to a recipient."""
    return _record(kit, Kind.PROVISION, PROVISION, person, SENT)


def consent(kit: Kit, person: PersonKey) -> Position:
    """Record that an individual agreed."""
    rows = Rows(activity="nearby-stores", item="nearby-stores/general")
    return _record(kit, Kind.CONSENT_GIVEN, CONSENT, person, rows)


def erase_content(kit: Kit, person: PersonKey) -> None:
    """Destroy the content key of an individual, as a deletion does."""
    evidence = kit.service.services.evidence
    at = _record(kit, Kind.DELETION, {"ground": "PIPL-47", "stores": ["main"]}, person, Rows())
    evidence.log.erase(
        {
            person: Erasure(
                key=KeyClass.CONTENT,
                at=kit.clock.now(),
                under="PIPL-47",
                position=at,
            )
        }
    )


def readings(kit: Kit) -> int:
    """How many readings of payloads are recorded."""
    browsed = kit.service.services.evidence.browse(kind=Kind.OPERATOR_READ, count=10_000)
    return len(browsed.records)


def _record(
    kit: Kit, kind: Kind, values: dict[str, object], person: PersonKey | None, rows: Rows
) -> Position:
    evidence = kit.service.services.evidence
    appended = evidence.recorder.record(kind, values, person=person, rows=rows)  # type: ignore[arg-type]  # sample values are JSON
    assert appended is not None
    evidence.log.publish()
    return appended.first
