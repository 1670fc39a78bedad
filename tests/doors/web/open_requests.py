"""Requests about rights that are open, due on days before and after today."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.doors.service_kit import Kit
from tests.doors.web.rights_kit import sample_request

from chengnuo.adapters.data_folder import open_data_folder
from chengnuo.adapters.working_calendar import load_working_calendar
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import RequestId
from chengnuo.law.civil import civil_date
from chengnuo.law.working_days import WorkingDays, add_working_days
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights import Case, Line, Secret

_LETTERS = str.maketrans("0123456789", "abcdefghij")


def let_people_ask(kit: Kit, requests: int, *, people: int = 0) -> None:
    """Let individuals, each once or only so many of them, have asked in the last twenty days."""
    data = open_data_folder(Path(kit.settings.data), signing_key_file=None, clock=kit.clock)
    now, calendar = kit.clock.now(), load_working_calendar()
    for number in range(requests):
        received = now - timedelta(days=number % 20, minutes=number)
        asked = sample_request(PersonKey(f"{number % (people or requests) + 1:064x}"), received)
        request = replace(asked, id=RequestId(f"rq-{number:020}".translate(_LETTERS)))
        case = Case(
            request=request,
            days=15,
            stage=Stage.NEEDS_PLAN,
            due_on=add_working_days(civil_date(received), WorkingDays(15), calendar).on,
        )
        line = Line(number=0, at=received, event=None, stage=case.stage, by="individual")
        data.rights.add(case, Secret(account=f"u-{number}", asked=request.asked), line)
    data.close()
