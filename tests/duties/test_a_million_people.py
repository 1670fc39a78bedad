"""A million individuals and ten thousand open requests: every page is there at once.

`python -m pytest tests/duties/test_a_million_people.py -m slow -s` prints the processor time of
each page. It takes some minutes, and six gigabytes below the folder for temporary files.
"""

import os
import tempfile
import time
from pathlib import Path
from statistics import median

import pytest
from tests.doors.evidence_kit import individual_of, staff_of
from tests.doors.service_kit import start
from tests.doors.web.browser.shots_house import FOR_ADMIN, every_place
from tests.doors.web.open_requests import let_people_ask
from tests.duties.duty_kit import SAMPLE
from tests.duties.many_people import lay_people

from chengnuo.ports.accounts import Role

pytestmark = pytest.mark.slow

PEOPLE = int(os.environ.get("CHENGNUO_TEST_PEOPLE", "1000000"))
REQUESTS, LIMIT_MS = 10_000, 200
ROUNDS = 3


def test_every_page_over_a_million_people_is_there_at_once() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        kit = start(data, demo=True, register=str(SAMPLE))
        kit.run_controls()
        began = time.monotonic()
        lay_people(kit, data, PEOPLE)
        let_people_ask(kit, REQUESTS)
        laid_s = time.monotonic() - began
        size = sum(one.stat().st_size for one in data.glob("*.db*"))
        began = time.process_time()
        while kit.service.services.count():  # as the service does beside the pages
            pass
        beside_s = time.process_time() - began
        who = {role: staff_of(kit, role) for role in (Role.REVIEWER, Role.ADMIN)}
        individual, _ = individual_of(kit)
        took: dict[str, tuple[float, float]] = {}
        for page in every_place():
            browser = individual
            if page.startswith("/console"):
                browser = who[Role.ADMIN if page in FOR_ADMIN else Role.REVIEWER]
            each = []
            for _ in range(ROUNDS):
                began = time.process_time()
                answer = browser.get(page, headers={"accept-encoding": "identity"})
                each.append((time.process_time() - began) * 1_000)
                assert answer.status_code == 200, page
            took[page] = (each[0], median(each[1:]))
        kit.service.close()
    print(  # noqa: T201  what is measured
        f"{PEOPLE:,} people, {size / 1e6:,.0f} MB laid in {laid_s:.0f} s; "
        f"counted beside in {beside_s:.1f} s of processor time"
    )
    for page, (first, again) in sorted(took.items(), key=lambda one: -max(one[1])):
        print(f"{first:8.0f} {again:8.0f} ms  {page}")  # noqa: T201  what is measured
    late = {page: again for page, (_, again) in took.items() if again >= LIMIT_MS}
    assert not late, late
