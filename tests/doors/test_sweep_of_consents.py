"""What a running service ends now and then: consents to a text that counts no more."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from queue import Queue

import pytest
from litestar import Litestar
from tests.doors.http.asking_kit import Asking, keys_of
from tests.doors.service_kit import start
from tests.running import run
from tests.strategies.told_register import WRITTEN
from tests.usecases.consent.consent_kit import A_PURPOSE

from chengnuo.base.errors import UnavailableError
from chengnuo.domain.consent.event import Act
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.doors.web import sweep_rounds
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
    monkeypatch.setattr(sweep_rounds, "_FIRST_S", 0.0)
    monkeypatch.setattr(sweep_rounds, "_LOOK_S", 0.02)
    file = tmp_path / "register.yaml"
    file.write_text(WRITTEN, "utf-8")
    kit = start(tmp_path / "data", register=str(tmp_path))
    desk = kit.service.services.register
    swept: Queue[str] = Queue()

    def sweep(_: Callable[[], bool] = lambda: True, /) -> None:
        swept.put(desk.served.version)
        raise UnavailableError("sweeping")  # which ends nothing

    async def serve() -> None:
        async with sweep_rounds.sweep_rounds(sweep, desk)(Litestar()):
            first = await asyncio.to_thread(swept.get, timeout=30)
            await asyncio.sleep(0.5)  # some twenty looks, and the same register
            assert swept.empty()
            file.write_text(
                WRITTEN.replace(A_PURPOSE, "{zh: 推荐更多茶舍, en: Show more tea houses}"), "utf-8"
            )
            desk.load(by="cli")
            assert await asyncio.to_thread(swept.get, timeout=30) != first

    run(serve())
    kit.service.close()
