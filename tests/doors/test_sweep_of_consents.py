"""What a running service ends now and then: consents to a text that counts no more."""

import asyncio
from pathlib import Path

import pytest
from tests.doors.http.asking_kit import Asking, keys_of
from tests.doors.service_kit import start
from tests.running import run
from tests.strategies.told_register import WRITTEN
from tests.usecases.consent.consent_kit import A_PURPOSE

from chengnuo.domain.consent.event import Act
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.doors.web import app
from chengnuo.usecases.api_keys import ApiKeys

ITEM = "nearby/general"


def test_a_changed_text_ends_what_was_agreed_to(tmp_path: Path) -> None:
    file = tmp_path / "register.yaml"
    file.write_text(WRITTEN, "utf-8")
    kit = start(tmp_path / "data", register=str(tmp_path))
    services = kit.service.services
    keys = ApiKeys(store=keys_of(kit), tokens=services.tokens, clock=kit.clock)
    asking = Asking(kit=kit, keys=keys, secret="")

    def stands() -> Act:
        return services.consents.standing_of(asking.person)[ConsentItemId(ITEM)].event.act

    asking.agree(ITEM)
    services.sweep()
    assert stands() is Act.GIVE
    file.write_text(
        WRITTEN.replace(A_PURPOSE, "{zh: 推荐更多茶舍, en: Show more tea houses}"), "utf-8"
    )
    services.register.load(by="cli")
    assert stands() is Act.GIVE
    services.sweep()
    assert stands() is Act.SUPERSEDE
    kit.service.close()


def test_another_register_is_swept_for_soon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "_LOOK_S", 0.02)
    file = tmp_path / "register.yaml"
    file.write_text(WRITTEN, "utf-8")
    kit = start(tmp_path / "data", register=str(tmp_path))
    desk = kit.service.services.register
    waited: list[bool] = []

    async def wait_for_another() -> None:
        waiting = asyncio.create_task(app.an_hour_or_another_register(desk))
        waited.append((await asyncio.wait({waiting}, timeout=0.5))[0] == set())
        file.write_text(
            WRITTEN.replace(A_PURPOSE, "{zh: 推荐更多茶舍, en: Show more tea houses}"), "utf-8"
        )
        desk.load(by="cli")
        await asyncio.wait_for(waiting, 30)

    run(wait_for_another())
    assert waited == [True]
    kit.service.close()
