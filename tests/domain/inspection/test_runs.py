"""Events of recorded runs become observations, and raise what code can do to what it did."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.finding.inspection_kit import UMENG, inspection, seen

from chengnuo.domain.finding.package_check import check_package
from chengnuo.domain.inspection.runs.gathering import Gathering
from chengnuo.domain.inspection.runs.raising import with_runs
from chengnuo.domain.inspection.runs.words import category_of_words
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import (
    OWN,
    Confidence,
    Observation,
    OwnerKind,
    Place,
    Subject,
)
from chengnuo.domain.observation.runtime_event import (
    BehaviourLog,
    Frame,
    LogForm,
    RunPhase,
    RuntimeEvent,
    Sent,
)
from chengnuo.domain.observation.text_knowledge import TextKnowledge
from chengnuo.engines.text.kinds import Kind
from chengnuo.law.catalogue import Catalogue
from chengnuo.wiring.knowledge import text_knowledge

API = Frame(class_name="android.telephony.TelephonyManager", method="getDeviceId")
SDK = Frame(class_name="com.umeng.commonsdk.A", method="b")
SHOP = Frame(class_name="com.a.shop.App", method="onCreate")
AT = 1_793_584_801_000_000


@pytest.fixture(scope="module")
def texts() -> TextKnowledge:
    return text_knowledge()


def gathered(
    knowledge: Knowledge,
    texts: TextKnowledge,
    events: Iterable[RuntimeEvent],
    consent_at: int | None = None,
) -> tuple[Observation, ...]:
    gathering = Gathering(
        knowledge=knowledge,
        texts=texts,
        own=("com.a.shop",),
        app_id="com.a.shop",
        consent_at=consent_at,
    )
    log = BehaviourLog(
        name="run.log", sha256="ab" * 32, size=9, form=LogForm.FRIDA, events=iter(events)
    )
    gathering.take(log)
    return gathering.observations()


def read(**fields: object) -> RuntimeEvent:
    made = RuntimeEvent(row=3, at=AT, stack=(API, SDK, SHOP))
    return replace(made, **fields)  # type: ignore[arg-type]


def test_whose_it_is_tells_the_first_frame_that_is_not_of_the_system(
    knowledge: Knowledge, texts: TextKnowledge
) -> None:
    (one,) = gathered(knowledge, texts, [read(label="APP本身")])
    assert one.owner == UMENG
    assert (one.what, one.categories[0]) == ("TelephonyManager.getDeviceId", "PI-DEVICE-IMEI")
    (own,) = gathered(knowledge, texts, [read(label="友盟", stack=(API, SHOP))])
    assert own.owner == OWN
    (none,) = gathered(knowledge, texts, [read(label="友盟", stack=(API,))])
    assert none.owner.kind is OwnerKind.UNKNOWN


def test_before_consent_needs_a_marker_or_a_time(
    knowledge: Knowledge, texts: TextKnowledge
) -> None:
    (one,) = gathered(knowledge, texts, [read()])
    assert one.moment is Moment.SEEN
    (before,) = gathered(knowledge, texts, [read()], consent_at=AT + 1)
    assert before.moment is Moment.SEEN_BEFORE_CONSENT
    (after,) = gathered(knowledge, texts, [read()], consent_at=AT)
    assert after.moment is Moment.SEEN_AFTER_CONSENT
    (marked,) = gathered(knowledge, texts, [read(phase=RunPhase.AFTER_CONSENT)], consent_at=AT + 1)
    assert marked.moment is Moment.SEEN_AFTER_CONSENT
    (timeless,) = gathered(knowledge, texts, [read(at=None)], consent_at=AT + 1)
    assert timeless.moment is Moment.SEEN


def test_what_a_cache_answered_and_what_a_wrapper_wraps_counts_once(
    knowledge: Knowledge, texts: TextKnowledge
) -> None:
    inner = Frame(class_name="com.android.internal.telephony.IPhoneSubInfo", method="getDeviceId")
    events = [
        read(),
        read(is_cached=True),
        read(row=5, stack=(inner, API, SDK, SHOP)),  # inside the first
        read(row=6, at=AT + 2000),
    ]
    (one,) = gathered(knowledge, texts, events)
    assert (one.detail("count"), one.detail("per-minute")) == ("2", "2")
    assert one.detail("seen") == "run.log:3,6"
    assert one.detail("sha256") == "ab" * 32


def test_two_calls_of_one_method_and_its_caller_are_two(
    knowledge: Knowledge, texts: TextKnowledge
) -> None:
    events = [
        read(signature="getDeviceId", stack=(SHOP,)),
        read(signature="getSubscriberId", stack=(SDK, SHOP)),  # called by the first, reads another
    ]
    assert len(gathered(knowledge, texts, events)) == 2


def test_how_often_in_a_minute(knowledge: Knowledge, texts: TextKnowledge) -> None:
    events = [read(row=n, at=AT + n * 20_000_000) for n in range(1, 10)]
    (one,) = gathered(knowledge, texts, events)
    assert (one.detail("count"), one.detail("per-minute")) == ("9", "3")


def test_asking_about_itself_is_no_list_of_apps(knowledge: Knowledge, texts: TextKnowledge) -> None:
    asked = Frame(class_name="android.content.pm.PackageManager", method="getPackageInfo")
    itself = read(stack=(asked, SHOP), names=("com.a.shop",))
    other = read(stack=(asked, SHOP), names=("com.tencent.mm",))
    assert gathered(knowledge, texts, [itself]) == ()
    (one,) = gathered(knowledge, texts, [itself, other])
    assert one.categories == ("PI-DEVICE-APPS",)


def test_an_argument_tells_what_a_setting_is(knowledge: Knowledge, texts: TextKnowledge) -> None:
    asked = Frame(class_name="android.provider.Settings$Secure", method="getString")
    (one,) = gathered(knowledge, texts, [read(stack=(asked, SHOP), names=("android_id",))])
    assert one.categories[0] == "PI-DEVICE-AID"


def test_a_host_with_what_went_to_it(knowledge: Knowledge, texts: TextKnowledge) -> None:
    sent = Sent(host="ulogs.umeng.com", scheme="https", keys=("phone",))
    (one,) = gathered(knowledge, texts, [read(stack=(), sent=sent, kinds=(Kind.MOBILE,))])
    assert (one.subject, one.what, one.owner.id) == (Subject.HOST, sent.host, "umeng-analytics")
    assert one.categories == ("PI-BASIC-PHONE",)
    assert (one.detail("keys"), one.detail("kinds")) == ("phone", "mobile")


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_the_phone_itself_is_no_host(host: str, knowledge: Knowledge, texts: TextKnowledge) -> None:
    assert gathered(knowledge, texts, [read(stack=(), sent=Sent(host=host, scheme="http"))]) == ()


def test_a_name_that_was_only_looked_up_is_no_connection(
    knowledge: Knowledge, texts: TextKnowledge
) -> None:
    asked = read(stack=(), sent=Sent(host="app.adjust.com", scheme="dns"))
    (one,) = gathered(knowledge, texts, [asked])
    assert (one.detail("use"), one.confidence) == ("named", Confidence.LOW)


def test_words_of_tools_and_operations_of_the_system(
    knowledge: Knowledge, texts: TextKnowledge
) -> None:
    assert category_of_words("获取BSSID") == "PI-DEVICE-WIFI"
    assert category_of_words("打开页面") is None
    (one,) = gathered(knowledge, texts, [read(stack=(), signs=("FINE_LOCATION",))])
    assert one.categories[0] == "PI-LOC-PRECISE"


def static(moment: Moment, what: str = "TelephonyManager.getDeviceId") -> Observation:
    return seen(
        Subject.INFORMATION,
        what,
        categories=["PI-DEVICE-IMEI"],
        owner=UMENG,
        moment=moment,
        place=Place(file="classes.dex", class_name="com.b.C", method="d()V", pc=3),
    )


def test_conditional_and_unknown_become_seen(knowledge: Knowledge, texts: TextKnowledge) -> None:
    before = gathered(knowledge, texts, [read()], consent_at=AT + 1)
    for moment in (Moment.CONDITIONAL, Moment.UNKNOWN, Moment.CERTAIN):
        (one,) = with_runs(inspection([static(moment)]), before).observations
        assert one.moment is Moment.SEEN_BEFORE_CONSENT
        assert one.detail("seen") == "run.log:3 seen-before-consent"
    after = gathered(knowledge, texts, [read()], consent_at=AT)
    (one,) = with_runs(inspection([static(Moment.UNKNOWN)]), after).observations
    assert one.moment is Moment.SEEN_AFTER_CONSENT


def test_seen_after_consent_takes_nothing_back(knowledge: Knowledge, texts: TextKnowledge) -> None:
    after = gathered(knowledge, texts, [read()], consent_at=AT)
    (one,) = with_runs(inspection([static(Moment.CONDITIONAL)]), after).observations
    assert one.moment is Moment.CONDITIONAL
    assert one.detail("seen") == "run.log:3 seen-after-consent"


def test_a_guarded_place_is_raised_only_on_the_stack(
    knowledge: Knowledge, texts: TextKnowledge
) -> None:
    before = gathered(knowledge, texts, [read()], consent_at=AT + 1)
    guarded = static(Moment.GUARDED)
    found = with_runs(inspection([guarded]), before).observations
    assert [one.moment for one in found] == [Moment.SEEN_BEFORE_CONSENT, Moment.GUARDED]
    through = replace(
        guarded, place=replace(guarded.place, class_name=SDK.class_name, method="b()V")
    )
    (one,) = with_runs(inspection([through]), before).observations
    assert one.moment is Moment.SEEN_BEFORE_CONSENT


def test_another_owner_or_call_is_not_raised(knowledge: Knowledge, texts: TextKnowledge) -> None:
    before = gathered(knowledge, texts, [read()], consent_at=AT + 1)
    others = (
        replace(static(Moment.CONDITIONAL), owner=OWN),
        static(Moment.CONDITIONAL, "TelephonyManager.getSubscriberId"),
    )
    for one in others:
        assert len(with_runs(inspection([one]), before).observations) == 2


EVENTS = st.lists(
    st.builds(
        RuntimeEvent,
        row=st.integers(1, 99),
        at=st.none() | st.integers(AT, AT + 5000),
        phase=st.sampled_from(RunPhase),
        signature=st.sampled_from(["", "getDeviceId", "a.B->c"]),
        action=st.text(max_size=6),
        stack=st.lists(st.sampled_from([API, SDK, SHOP]), max_size=4).map(tuple),
        sent=st.none() | st.builds(Sent, host=st.just("a.example"), scheme=st.just("dns")),
    ),
    max_size=12,
)


@given(EVENTS)
def test_any_events_are_gathered_the_same_twice(
    knowledge: Knowledge, texts: TextKnowledge, events: list[RuntimeEvent]
) -> None:
    found = gathered(knowledge, texts, events)
    assert found == gathered(knowledge, texts, events)
    assert len({one.id for one in found}) == len(found)
    marked = {one.phase for one in events}
    if RunPhase.BEFORE_CONSENT not in marked:
        assert Moment.SEEN_BEFORE_CONSENT not in {one.moment for one in found}


@pytest.mark.parametrize(
    ("phase", "is_found"),
    [
        pytest.param(RunPhase.BEFORE_CONSENT, True, id="asked before anything was told"),
        pytest.param(RunPhase.AFTER_CONSENT, False, id="asked after it"),
        pytest.param(RunPhase.UNKNOWN, False, id="nobody marked when"),
    ],
)
def test_a_permission_asked_for_before_the_notice_was_answered_is_found(
    phase: RunPhase,
    is_found: bool,
    knowledge: Knowledge,
    texts: TextKnowledge,
    catalogue: Catalogue,
) -> None:
    asks = Frame(class_name="android.app.Activity", method="requestPermissions")
    event = RuntimeEvent(row=3, at=AT, stack=(asks, SHOP), phase=phase)
    found = gathered(knowledge, texts, [event])
    report = check_package(
        inspection(found), knowledge=knowledge, catalogue=catalogue, today=date(2026, 11, 28)
    )
    rules = {one.rule for one in report.findings}
    assert ("permission-asked-before-consent" in rules) is is_found
