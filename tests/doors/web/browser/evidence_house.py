"""A service whose log has some weeks of records behind it, served to real browsers."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import uvicorn
from tests.doors.evidence_kit import consent, erase_content, individual_of, provide, staff_of
from tests.doors.service_kit import Kit, start
from tests.doors.web.browser.houses import EXAMPLES, House

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.ports.accounts import Role

DAYS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceHouse:
    """The service, and the cookies of those who visit it.

    Attributes:
        kit: The service itself.
        house: Where it answers.
        reviewer: Cookies of a reviewer.
        individual: Cookies of the sample individual.
        provided: Record of a provision about that individual, whose content was deleted.
        consented: Record of a consent of that individual.

    """

    kit: Kit
    house: House
    reviewer: Path
    individual: Path
    provided: int
    consented: int


@contextmanager
def evidence_house(folder: Path) -> Iterator[EvidenceHouse]:
    """Serve the sample shop with a log that grew for some weeks."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        register = str(EXAMPLES / "shop" / "register")
        kit = start(folder / "data", port=port, demo=True, register=register)
        _grow(kit)
        _, visitor = individual_of(kit)
        provided = provide(kit, visitor.person)
        erase_content(kit, visitor.person)
        consented = consent(kit, visitor.person)
        house = House(address=f"http://127.0.0.1:{port}", link="")
        with serve_here(kit, listening):
            yield EvidenceHouse(
                kit=kit,
                house=house,
                reviewer=cookies_of(folder / "reviewer.json", _staff_cookie(kit)),
                individual=cookies_of(folder / "individual.json", _individual_cookie(kit)),
                provided=provided,
                consented=consented,
            )
        kit.service.close()


def _grow(kit: Kit) -> None:
    """Let some weeks go by; on most days decisions are recorded."""
    evidence = kit.service.services.evidence
    values = {"count": 40, "root": "a" * 64}
    for day in range(DAYS):
        if day % 7 != 5:
            draft = evidence.recorder.draft(Kind.DECISION, values)
            evidence.log.append([draft] * (7 + 5 * (day % 4)))
        kit.clock.pass_by(timedelta(days=1))
    evidence.log.publish()


def _staff_cookie(kit: Kit) -> tuple[str, str]:
    return "chengnuo-staff", staff_of(kit, Role.REVIEWER).cookie("chengnuo-staff")


def _individual_cookie(kit: Kit) -> tuple[str, str]:
    return "chengnuo-individual", individual_of(kit)[0].cookie("chengnuo-individual")


def cookies_of(file: Path, cookie: tuple[str, str]) -> Path:
    """Keep a cookie as the browser's state of a session."""
    name, value = cookie
    kept = {"name": name, "value": value, "domain": "127.0.0.1", "path": "/", "expires": -1}
    kept |= {"httpOnly": True, "secure": False, "sameSite": "Lax"}
    file.write_text(json.dumps({"cookies": [kept], "origins": []}))
    return file


@contextmanager
def serve_here(kit: Kit, listening: socket.socket) -> Iterator[None]:
    """Answer at a listening socket, in a thread of this process."""
    config = uvicorn.Config(kit.service.app, log_level="error", lifespan="off")  # type: ignore[arg-type]  # an ASGI app
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = time.monotonic() + 60
    while not server.started:
        assert time.monotonic() < until
        time.sleep(0.02)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(30)
