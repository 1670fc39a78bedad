"""What changed between releases: things that came and went, and what now runs before consent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.finding.inspection_kit import (
    ADJUST,
    BAD,
    BAD_SEEN,
    CLEAN,
    JPUSH,
    LIBRARY,
    UMENG,
    inspection,
    seen,
)
from tests.domain.finding.package_cases import asked, kit, reading, spoken_to

from chengnuo.domain.finding.package_delta import delta_of
from chengnuo.domain.finding.package_report import Change
from chengnuo.domain.observation.inspection import Inspection, Presence
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import Confidence, Observation, Subject


def changes(before: Inspection, after: Inspection) -> list[tuple[str, str, str, Change]]:
    rows = delta_of(before, after).rows
    return [(row.subject.value, row.what, row.owner, row.change) for row in rows]


@pytest.mark.parametrize(
    ("one", "row"),
    [
        pytest.param(
            asked("CAMERA"), ("permission", "android.permission.CAMERA", ""), id="permission"
        ),
        pytest.param(
            seen(Subject.HOST, "api.tea.example"), ("host", "api.tea.example", ""), id="host"
        ),
        pytest.param(
            reading("PI-LOC-PRECISE"), ("information", "PI-LOC-PRECISE", ""), id="own reading"
        ),
        pytest.param(
            reading("PI-LOC-PRECISE", owner=UMENG),
            ("information", "PI-LOC-PRECISE", "umeng-analytics"),
            id="reading of an SDK",
        ),
        pytest.param(
            reading("PI-LOC-PRECISE", owner=LIBRARY),
            ("information", "PI-LOC-PRECISE", ""),
            id="reading of a library",
        ),
    ],
)
def test_what_comes_is_new_and_what_goes_is_gone(
    one: Observation, row: tuple[str, str, str]
) -> None:
    without, with_it = inspection(()), inspection([one])
    assert changes(without, with_it) == [(*row, Change.NEW)]
    assert changes(with_it, without) == [(*row, Change.GONE)]
    assert delta_of(without, with_it).rows[0].observations == (one.id,)
    assert delta_of(with_it, without).rows[0].observations == (one.id,)


def test_what_only_a_run_shows_is_no_change() -> None:
    assert changes(inspection(()), inspection([spoken_to("api.tea.example")])) == []


def test_an_sdk_that_comes_is_new_unless_it_is_a_stub() -> None:
    none = inspection(())
    assert changes(none, inspection((), (kit(UMENG),))) == [
        ("sdk", "umeng-analytics", "", Change.NEW)
    ]
    assert changes(none, inspection((), (kit(UMENG, Presence.STUB),))) == []


def test_what_now_runs_before_consent_is_earlier() -> None:
    late = inspection([reading("PI-DEVICE-IMEI", Moment.GUARDED, UMENG)])
    early = inspection([reading("PI-DEVICE-IMEI", Moment.CONDITIONAL, UMENG)])
    row = ("information", "PI-DEVICE-IMEI", "umeng-analytics")
    assert changes(late, early) == [(*row, Change.EARLIER)]
    assert changes(early, late) == [(*row, Change.LATER)]


def test_an_sdk_that_now_runs_before_consent_is_earlier() -> None:
    called = inspection((), (kit(JPUSH),))
    early = inspection((), (kit(JPUSH, Presence.BEFORE_CONSENT),))
    assert changes(called, early) == [("sdk", "jpush", "", Change.EARLIER)]


def test_more_places_of_one_thing_are_no_change() -> None:
    one = inspection([reading("PI-DEVICE-IMEI", Moment.CERTAIN)])
    two = inspection(
        [
            reading("PI-DEVICE-IMEI", Moment.CERTAIN),
            reading("PI-DEVICE-IMEI", Moment.LATER, pc=9),
            reading("PI-DEVICE-MODEL", confidence=Confidence.LOW),
            reading("PI-DEVICE-MAC", Moment.UNREACHABLE),
        ]
    )
    assert changes(one, two) == []


def test_other_knowledge_is_said() -> None:
    other = Inspection(
        package=CLEAN.package, observations=(), sdks=(), knowledge="2027-01 · ba9876543210"
    )
    assert delta_of(CLEAN, other).knowledge_changed
    assert not delta_of(CLEAN, BAD).knowledge_changed
    assert delta_of(CLEAN, BAD).before == CLEAN.package


SEEN = st.lists(st.sampled_from(sorted(BAD_SEEN)), unique=True)
KITS = st.lists(st.sampled_from([UMENG, JPUSH, ADJUST]), unique=True)


def made(names: list[str], kits: list[object]) -> Inspection:
    every = {one.id: kit(one) for one in (UMENG, JPUSH, ADJUST) if one in kits}
    return inspection((BAD_SEEN[name] for name in names), every.values())


@given(SEEN, KITS, SEEN, KITS)
def test_back_is_the_reverse_of_forth(
    few: list[str], kits: list[object], more: list[str], other: list[object]
) -> None:
    reverse = {
        Change.NEW: Change.GONE,
        Change.GONE: Change.NEW,
        Change.EARLIER: Change.LATER,
        Change.LATER: Change.EARLIER,
    }
    before, after = made(few, kits), made(more, other)
    forth = {(*row[:3], reverse[row[3]]) for row in changes(before, after)}
    assert forth == set(changes(after, before))
    assert changes(before, before) == []
