"""What dossiers say of SDKs: approvals by version and day, and only on an inspected kit."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.finding.changing import Change, changed
from tests.domain.governance.test_kit_vetting import APPROVED as KIT
from tests.strategies.clean_register import clean_register

from chengnuo.domain.dossier.dossier import Act, Dossier, DossierId
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.governance.gate import GateVerdict
from chengnuo.domain.governance.kit_vetting import MOST_DAYS, KitAsk, KitVetting
from chengnuo.domain.governance.sdk_dossier import (
    decided_in,
    kit_of,
    why_not_approved,
    why_not_this_kit,
)
from chengnuo.domain.governance.vetting import KitDecision
from chengnuo.domain.observation.knowledge import Knowledge

START = datetime(2026, 11, 1, 2, tzinfo=UTC)
TODAY = date(2026, 11, 29)
REGISTER = changed(clean_register(), Change("recipient maps", "sdk.catalogue", "umeng-analytics"))
DECISIONS = {
    "approve": KitDecision.APPROVED,
    "refuse": KitDecision.REFUSED,
    "withdraw": KitDecision.WITHDRAWN,
}


def dossier(*acts: tuple[str, dict[str, str]], recipient: str = "maps") -> Dossier:
    """Return a vetting with some acts, one a day."""
    done = [("ask", {"recipient": recipient, "sdk-version": "5.4.0"}), *acts]
    return Dossier(
        id=DossierId("sk-1"),
        sort="sdk-vetting",
        acts=tuple(
            Act(
                number=number,
                what=what,
                by="acc",
                party=Party.STAFF,
                at=START + timedelta(days=number),
                fields=fields,
            )
            for number, (what, fields) in enumerate(done, 1)
        ),
    )


@given(
    acts=st.lists(
        st.sampled_from(
            [
                ("answer", {}),
                ("inspect", {"kit": "0123456789abcdef"}),
                ("approve", {"until": "2027-03-31"}),
                ("refuse", {"reasons": "no"}),
                ("withdraw", {"reasons": "no"}),
                ("anew", {"sdk-version": "5.5.0"}),
                ("anew", {}),
            ]
        ),
        max_size=12,
    )
)
def test_each_decision_is_of_the_version_that_was_asked_for_last(
    acts: list[tuple[str, dict[str, str]]], knowledge: Knowledge
) -> None:
    found = list(decided_in([dossier(*acts)], REGISTER, knowledge.sdks))
    plain, version = [], "5.4.0"
    for number, (what, fields) in enumerate(acts, 2):
        if what == "anew":
            version = fields.get("sdk-version", "")
        if what in DECISIONS:
            plain.append((version, DECISIONS[what], (START + timedelta(days=number)).date()))
    assert [(one.version, one.decision, one.on) for one in found] == plain
    assert all(one.recipient == "maps" for one in found)
    assert {one.expires for one in found if one.decision is KitDecision.APPROVED} <= {
        date(2027, 3, 31)
    }


def test_a_recipient_that_the_register_no_longer_has_decides_nothing(knowledge: Knowledge) -> None:
    gone = dossier(("approve", {"until": "2027-03-31"}), recipient="nobody")
    assert list(decided_in([gone], REGISTER, knowledge.sdks)) == []


def kit(**more: object) -> KitVetting:
    assert KIT.result is not None
    said: dict[str, object] = {"recipient": "maps", "version": "5.4.0"}
    result = replace(KIT.result, **(said | more))  # type: ignore[arg-type]  # fields by name
    return replace(KIT, result=result, ruling=None)


ASKED = dossier(("answer", {}))


@pytest.mark.parametrize(
    ("given_kit", "why"),
    [
        pytest.param(kit(), "", id="the same version of the same recipient"),
        pytest.param(kit(version=""), "", id="a version that is not told"),
        pytest.param(None, "no inspection of this number", id="none"),
        pytest.param(
            replace(kit(), asks=KitAsk.WITHDRAWAL), "no inspection of this number", id="no kit"
        ),
        pytest.param(replace(kit(), result=None), "no result", id="not inspected yet"),
        pytest.param(kit(recipient="courier"), "another recipient", id="of somebody else"),
        pytest.param(kit(version="5.3.0"), "not 5.4.0", id="of another version"),
    ],
)
def test_a_vetting_rests_on_the_inspection_of_its_own_sdk(
    given_kit: KitVetting | None, why: str
) -> None:
    found = why_not_this_kit(ASKED, given_kit)
    assert (found is None) is (not why)
    assert found is None or why in (found.en or "")


@pytest.mark.parametrize(
    ("given_kit", "fields", "why"),
    [
        pytest.param(kit(), {"until": "2027-03-31"}, "", id="it passes"),
        pytest.param(kit(), {"until": TODAY.isoformat()}, "", id="for today alone"),
        pytest.param(kit(), {"until": "2026-11-28"}, "last day", id="until yesterday"),
        pytest.param(
            kit(),
            {"until": (TODAY + timedelta(days=MOST_DAYS + 1)).isoformat()},
            "last day",
            id="too far ahead",
        ),
        pytest.param(
            kit(verdict=GateVerdict.FAILS),
            {"until": "2027-03-31"},
            "conditions",
            id="it fails, without conditions",
        ),
        pytest.param(
            kit(verdict=GateVerdict.FAILS),
            {"until": "2027-03-31", "conditions": "只在同意之后初始化，关闭位置采集"},
            "",
            id="it fails, under conditions",
        ),
        pytest.param(
            kit(counts=((Severity.CRITICAL, 1),)),
            {"until": "2027-03-31", "conditions": "只在同意之后初始化，关闭位置采集"},
            "critical",
            id="a prohibition is broken",
        ),
        pytest.param(None, {"until": "2027-03-31"}, "no inspection", id="without inspection"),
    ],
)
def test_what_an_approval_needs(
    given_kit: KitVetting | None, fields: dict[str, str], why: str
) -> None:
    found = why_not_approved(ASKED, fields, given_kit, TODAY)
    assert (found is None) is (not why)
    assert found is None or why in (found.en or "")


def test_the_inspection_named_now_goes_before_the_one_named_earlier() -> None:
    named = dossier(("inspect", {"kit": "1" * 16}))
    assert kit_of(named, {"kit": "2" * 16}) == "2" * 16
    assert kit_of(named, {}) == "1" * 16
    assert kit_of(ASKED, {}) == ""
