"""Individuals of every sort in the privacy centre of a test service."""

from datetime import date, timedelta

from tests.doors.browser_kit import Browser
from tests.doors.service_kit import Kit

from chengnuo.ports.individuals import PersonKey, Visitor

APP = "jishi-app"
CHILD_BORN = date(2016, 5, 4)
ADULT_BORN = date(1990, 5, 4)


def come_in(  # noqa: PLR0913  what a token can say
    kit: Kit,
    name: str,
    *,
    born: date | None = ADULT_BORN,
    guardian: str = "",
    app: str = APP,
    account: str = "",
    person: PersonKey | None = None,
) -> tuple[Browser, PersonKey]:
    """Return the browser of somebody who has come in, and their key.

    Args:
        kit: The service.
        name: One hexadecimal digit by which they are known.
        born: As the operator's token says.
        guardian: The same of the guardian who acts for them; empty if nobody does.
        app: App that their token is for.
        account: Their account id, signed in just now; empty where no store is asked for it.
        person: Their key, as it follows from an account id; None for one made from the name.

    """
    services = kit.service.services
    assert services.entry is not None
    now = kit.clock.now()
    visitor = Visitor(
        person=person or PersonKey(name * 64),
        app=app,
        guardian=PersonKey(guardian * 64) if guardian else None,
        birth_date=born,
        authenticated_at=now if account else None,
        since=now,
        expires_at=now + timedelta(hours=2),
        account=account,
    )
    code = services.tokens.fresh()
    services.entry.store.admit(
        token_id=services.tokens.fresh().hashed,
        token_expires_at=now + timedelta(minutes=10),
        code=code.hashed,
        code_expires_at=now + timedelta(minutes=1),
        visitor=visitor,
    )
    browser = Browser(kit.service.app, origin=kit.web.public_url)
    browser.client.cookies.set("chengnuo-individual", services.entry.enter(code.plain).token)
    return browser, visitor.person
