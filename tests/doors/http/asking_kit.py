"""A service with a register and keys of programs, asked straight through the whole app."""

import json
from dataclasses import dataclass
from pathlib import Path

import httpx
from tests.doors.browser_kit import Browser
from tests.doors.service_kit import Kit, start

from chengnuo.adapters.sql.api_keys import SqlApiKeys
from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.base.text import Lang
from chengnuo.domain.consent.event import Act
from chengnuo.domain.disclosure.consent_notice import matter_of, notice_of
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.ports.api_keys import ApiScope
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.api_keys import ApiKeys
from chengnuo.usecases.consent.acts import Shown
from chengnuo.usecases.individual_entry import person_key

SAMPLE = str(Path(__file__).parents[3] / "examples" / "shop" / "register")
ACCOUNT = "account-of-a-sample-person"


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A service with a register, and keys for it."""

    kit: Kit
    keys: ApiKeys
    secret: str

    def post(self, body: object, *, path: str = "/v1/decisions", **headers: str) -> httpx.Response:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {"content-type": "application/json", "authorization": f"Bearer {self.secret}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        browser = Browser(self.kit.service.app)
        answer = browser.client.post(path, content=content, headers=sent)
        assert ACCOUNT not in answer.text
        return answer

    def agree(self, item: str = "search/general") -> Position:
        """Let the individual agree to an item."""
        services = self.kit.service.services
        served = services.register.served
        register, catalogue = served.register, services.register.catalogue
        found = matter_of(register, catalogue, item).item
        shown = Shown(
            app=register.apps[0].app,
            notice=notice_of(register, catalogue, item, Lang.ZH).digest,
            fingerprint=found.fingerprint,
            lang=Lang.ZH,
            surface="app",
            steps=1,
            prompt=f"prompt-{item}",
            asked_at=self.kit.clock.now(),
        )
        return services.consents.answer(self.person, found.id, Act.GIVE, shown).position

    def withdraw(self, item: str = "search/general") -> Position:
        """Let the individual withdraw it."""
        consents = self.kit.service.services.consents
        return consents.withdraw(self.person, ConsentItemId(item), surface="app", steps=1).position

    @property
    def person(self) -> PersonKey:
        """The key of the individual."""
        return person_key(self.kit.service.services.tokens, ACCOUNT)


def keys_of(kit: Kit) -> SqlApiKeys:
    """Open the keys of a running service's data folder, as a command beside it does."""
    return SqlApiKeys(SqliteDatabase(Path(kit.settings.data)))


def service_asked(folder: Path, *scopes: ApiScope) -> Asking:
    """Start a service with the sample register, and make a key for it."""
    kit = start(folder / "data", register=SAMPLE)
    services = kit.service.services
    keys = ApiKeys(store=keys_of(kit), tokens=services.tokens, clock=kit.clock)
    made = keys.make("orders", frozenset(scopes), by="cli")
    return Asking(kit=kit, keys=keys, secret=made.secret)
