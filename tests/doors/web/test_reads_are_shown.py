"""Whoever was looked up by staff sees it in the centre: that it was done, and why."""

import re

import pytest
from tests.doors.evidence_kit import staff_of
from tests.doors.prompt_kit import come_in
from tests.doors.service_kit import start
from tests.duties.duty_kit import ACCOUNT, SAMPLE, Duties

from chengnuo.doors.http.exchange import LANG_COOKIE
from chengnuo.ports.accounts import Role
from chengnuo.usecases.individual_entry import person_key

REASON = "本人来电，核对提供给谁"


@pytest.mark.parametrize(("lang", "words"), [("zh", "查看"), ("en", "read")])
def test_a_person_sees_that_staff_looked_them_up_and_why(
    tmp_path_factory: pytest.TempPathFactory, lang: str, words: str
) -> None:
    kit = start(tmp_path_factory.mktemp("reads") / "data", demo=True, register=str(SAMPLE))
    folder = tmp_path_factory.mktemp("complained")
    Duties(kit=kit, folder=folder).first("complaint")  # from then on there is a chain of theirs
    mine, _ = come_in(kit, "a", person=person_key(kit.service.services.tokens, ACCOUNT))
    staff = staff_of(kit, Role.STAFF)
    said = {"account": ACCOUNT, "kind": "", "reason": REASON}
    answer = staff.submit("/console/individual", "/console/individual", said)
    assert answer.status_code == 200
    mine.client.cookies.set(LANG_COOKIE, lang)
    listed = mine.get("/centre/receipts").text.partition("<main")[2]
    shown = [
        text
        for link in dict.fromkeys(re.findall(r'href="(/centre/receipts/[0-9]+)"', listed))
        if REASON in (text := mine.get(link).text)
    ]
    kit.service.close()
    assert len(shown) == 1
    assert words in shown[0]
