"""Of too many records the newest are looked at, all sorts from the same instant on."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.doors.service_kit import start
from tests.doors.web.consent_kit import GENERAL, LOCATION, Choosing
from tests.doors.web.test_console_consents import counts
from tests.duties.duty_kit import SAMPLE

from chengnuo.base.instant import to_us
from chengnuo.domain.consent.event import Act
from chengnuo.usecases.consent import records_seen


def test_of_too_many_records_the_newest_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit = start(tmp_path / "data", demo=True, register=str(SAMPLE))
    choosing = Choosing(kit=kit)
    times = []
    for number in range(4):
        person = choosing.born(f"guest-{number}")
        choosing.answer(person, GENERAL, Act.GIVE)
        choosing.answer(person, LOCATION, Act.GIVE)
        choosing.nearby(person)
        times.append(to_us(kit.clock.now()))
        kit.clock.pass_by(timedelta(hours=1))
    now = to_us(kit.clock.now())
    whole = counts(kit).seen.of_period(now)
    assert (len(whole.acts), len(whole.permits), whole.too_many) == (8, 4, False)
    monkeypatch.setattr(records_seen, "MOST_RECORDS", 5)
    cut = counts(kit).seen.of_period(now)
    assert cut.too_many
    # The five newest acts begin in the middle of the second hour; nothing older is looked at.
    assert cut.since == min(one.at for one in cut.acts) >= times[1]
    assert len(cut.acts) == 5
    assert len(cut.permits) == 3
    kit.service.close()
