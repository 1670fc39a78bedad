"""An individual with very many records: the pages of the centre are there at once for them too.

`python -m pytest tests/duties/test_one_busy_person.py -m slow -s` prints the processor time of
each page. `CHENGNUO_TEST_ACTS` says how many consents, withdrawals and uses there are, each.
"""

import os
import time
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest
from tests.doors.evidence_kit import individual_of
from tests.doors.service_kit import start
from tests.doors.web.browser.shots_house import every_place
from tests.doors.web.consent_kit import GENERAL, LOCATION, Choosing
from tests.duties.duty_kit import SAMPLE

from chengnuo.domain.consent.event import Act

pytestmark = pytest.mark.slow

ACTS = int(os.environ.get("CHENGNUO_TEST_ACTS", "2000"))
LIMIT_MS = 200
ROUNDS = 4


def test_every_page_of_somebody_with_many_records_is_there_at_once(tmp_path: Path) -> None:
    kit = start(tmp_path / "data", demo=True, register=str(SAMPLE))
    browser, visitor = individual_of(kit)
    choosing = Choosing(kit=kit)
    choosing.answer(visitor.person, GENERAL, Act.GIVE)
    for _ in range(ACTS):
        choosing.answer(visitor.person, LOCATION, Act.GIVE)
        choosing.nearby(visitor.person)
        choosing.withdraw(visitor.person, LOCATION)
        kit.clock.pass_by(timedelta(seconds=1))
    kit.service.services.evidence.log.publish()
    kit.service.services.sweep()
    browser, _ = individual_of(kit)
    took: dict[str, tuple[float, float, int]] = {}
    for page in (one for one in every_place() if one.startswith("/centre")):
        each = []
        size = 0
        for _ in range(ROUNDS):
            began = time.process_time()
            answer = browser.get(page, headers={"accept-encoding": "identity"})
            each.append((time.process_time() - began) * 1_000)
            assert answer.status_code == 200, page
            size = len(answer.content)
        took[page] = (each[0], median(each[1:]), size)
    kit.service.close()
    for page, (first, again, size) in sorted(took.items(), key=lambda one: -max(one[1][:2])):
        print(f"{first:8.0f} {again:8.0f} ms {size / 1e3:8.0f} kB  {page}")  # noqa: T201  what is measured
    late = {page: again for page, (_, again, _) in took.items() if again >= LIMIT_MS}
    assert not late, late
