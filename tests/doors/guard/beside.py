"""Processes of their own beside a test: a service whose people give and withdraw, and a worker.

    python -m tests.doors.guard.beside act HOUSE
    python -m tests.doors.guard.beside ask HOUSE

`HOUSE/turns` is shared memory: a number for each person, odd while a withdrawal of theirs is
acknowledged and nothing was begun since; the number after them ends the workers.
"""

import mmap
import os
import sys
import time
import warnings
from pathlib import Path
from random import Random
from secrets import token_hex
from threading import Thread

from litestar.exceptions.base_exceptions import LitestarDeprecationWarning
from tests.strategies.told_register import WRITTEN
from tests.usecases.decision.deciding_kit import ASSESSED, ITEM

from chengnuo.base.errors import ChengnuoError
from chengnuo.base.text import Lang
from chengnuo.domain.consent.event import Act
from chengnuo.domain.disclosure.consent_notice import matter_of, notice_of
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.ids import AppId
from chengnuo.doors.guard.guard import Use
from chengnuo.doors.guard.opening import guard_of
from chengnuo.doors.settings import ServeSettings, web_settings
from chengnuo.doors.web.building import Service
from chengnuo.law.civil import civil_date
from chengnuo.usecases.consent.acts import Shown
from chengnuo.usecases.individual_entry import person_key
from chengnuo.wiring.program import Program

PEOPLE = tuple(f"guest-{number}" for number in range(4))
USE = Use(activity="wall")
TURNS_BYTES = 8 * (len(PEOPLE) + 1)
LONG_WAY_S = 0.002
"""Pause after an answer from the log: a service that starts needs the processor."""
TEXTS = ("公示茶友留言", "公示茶友的留言")


def turns(house: Path) -> memoryview:
    """Return the shared numbers."""
    with (house / "turns").open("r+b") as file:
        return memoryview(mmap.mmap(file.fileno(), TURNS_BYTES)).cast("Q")


def write_register(house: Path, text: str = TEXTS[0]) -> None:
    written = WRITTEN
    for old, new in (*ASSESSED, (TEXTS[0], text)):
        written = written.replace(old, new)
    (house / "register").mkdir(exist_ok=True)
    (house / "register" / "register.yaml").write_text(written, "utf-8")


def settings_of(house: Path) -> ServeSettings:
    return ServeSettings(
        register=str(house / "register"), data=str(house / "data"), planes=str(house / "planes")
    )


def service_of(house: Path) -> Service:
    settings = settings_of(house)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=LitestarDeprecationWarning)
        return Program().service(settings, web_settings(settings, port=8700))


def shown(service: Service) -> Shown:
    consents = service.services.consents
    book = consents.book()
    return Shown(
        app=AppId("tea"),
        notice=notice_of(book.register, book.catalogue, ITEM, Lang.ZH).digest,
        fingerprint=matter_of(book.register, book.catalogue, ITEM).item.fingerprint,
        lang=Lang.ZH,
        surface="android",
        steps=1,
        prompt=f"prompt-{token_hex(8)}",
        asked_at=consents.keeper.clock.now(),
    )


def give(service: Service, account: str) -> None:
    person = person_key(service.services.tokens, account)
    item = ConsentItemId(ITEM)
    service.services.consents.answer(person, item, Act.GIVE, shown(service))


def withdraw(service: Service, account: str) -> None:
    person = person_key(service.services.tokens, account)
    item = ConsentItemId(ITEM)
    service.services.consents.withdraw(person, item, surface="centre", steps=1)


def meet(service: Service, account: str) -> None:
    """Let an adult with an account come in."""
    consents = service.services.consents
    today = civil_date(consents.keeper.clock.now())
    consents.know(
        person_key(service.services.tokens, account),
        birth_date=today.replace(year=today.year - 30, day=1),
        account=AccountState.ACTIVE,
    )


def act(house: Path) -> None:
    """Give and withdraw, swapping the register now and then, until killed."""
    service, numbers = service_of(house), turns(house)
    for account in PEOPLE:
        meet(service, account)

    def act_for(at: int, random: Random) -> None:
        while True:
            numbers[at] += numbers[at] & 1
            try:
                give(service, PEOPLE[at])
                time.sleep(random.random() / 20)
                withdraw(service, PEOPLE[at])
            except ChengnuoError as error:  # the register was swapped after the prompt
                os.write(2, f"{error.code}\n".encode())
                continue
            numbers[at] += 1
            time.sleep(random.random() / 20)

    for at in range(len(PEOPLE)):
        Thread(target=act_for, args=(at, Random(at)), daemon=True).start()
    os.write(1, b"ready\n")
    while True:
        for text in TEXTS:
            time.sleep(0.9)
            write_register(house, text)
            service.services.register.load(by="cli")


def ask(house: Path) -> None:
    """Ask without pause; print how often, how often quickly, permitted, held, and wrongly so."""
    asked = quick = permitted = held = wrong = 0
    numbers = turns(house)
    with guard_of(Program(), house / "data") as guard:
        os.write(1, b"ready\n")
        while not numbers[len(PEOPLE)]:
            for at, account in enumerate(PEOPLE):
                before = numbers[at]
                answer = guard.ask(account, USE)
                same = numbers[at] == before
                asked += 1
                if isinstance(answer.rests, tuple):
                    time.sleep(LONG_WAY_S)
                else:
                    quick += 1
                permitted += answer.permits
                held += before & 1 and same
                if before & 1 and same and answer.permits:
                    wrong += 1
                    how = "quick" if not isinstance(answer.rests, tuple) else "long"
                    said = f"{how} {account} {answer.position} {answer.register[:6]} {before}\n"
                    os.write(2, said.encode())
    sys.stdout.write(f"{asked} {quick} {permitted} {held} {wrong}\n")


if __name__ == "__main__":
    {"act": act, "ask": ask}[sys.argv[1]](Path(sys.argv[2]))
