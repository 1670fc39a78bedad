"""A consent for one use ends with that use, once whoever made it says so."""

from pathlib import Path

import pytest
from tests.doors.http.asking_kit import ACCOUNT, Asking, keys_of
from tests.doors.service_kit import start
from tests.strategies.told_register import WRITTEN

from chengnuo.ports.api_keys import ApiScope
from chengnuo.usecases.api_keys import ApiKeys

ITEM = "nearby/general"
THIS: dict[str, str] = {"person": ACCOUNT, "item": ITEM}


@pytest.fixture
def asking(tmp_path: Path) -> Asking:
    plain = "    basis: consent\n    permissions"
    assert WRITTEN.count(plain) == 1
    once = WRITTEN.replace(plain, "    basis: consent\n    consent: one-time\n    permissions")
    (tmp_path / "register.yaml").write_text(once, "utf-8")
    kit = start(tmp_path / "data", register=str(tmp_path))
    keys = ApiKeys(store=keys_of(kit), tokens=kit.service.services.tokens, clock=kit.clock)
    scopes = frozenset({ApiScope.DECIDE, ApiScope.CONSENT_WRITE})
    return Asking(kit=kit, keys=keys, secret=keys.make("orders", scopes, by="cli").secret)


def test_a_consent_for_one_use_is_not_used_twice(asking: Asking) -> None:
    def lacks_consent() -> bool:
        asked = {"person": ACCOUNT, "activity": "nearby", "evidence": "none"}
        return ITEM in {one["row"] for one in asking.post(asked).json()["by"] if one["why"]}

    assert lacks_consent()
    asking.agree(ITEM)
    assert not lacks_consent()
    used = asking.post(THIS, path="/v1/consents:used")
    assert used.status_code == 200, used.text
    assert lacks_consent()
    again = asking.post(THIS, path="/v1/consents:used")
    assert (again.status_code, again.json()["code"]) == (409, "nothing-to-end")
    asking.kit.service.close()
