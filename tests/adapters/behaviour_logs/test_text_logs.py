"""HAR, workbooks and messages of scripts: what is taken over of each, and what never is."""

import base64
import io
import json
import struct
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.adapters.behaviour_logs.builders import hex_dump, xls, xlsx

from chengnuo.adapters.behaviour_logs.json_objects import objects
from chengnuo.adapters.behaviour_logs.reading import BehaviourLogFiles, form_of
from chengnuo.adapters.behaviour_logs.stacks import stack_of
from chengnuo.domain.observation.runtime_event import BehaviourLog, LogForm, RunPhase, Sent
from chengnuo.engines.text.kinds import Kind
from chengnuo.ports.behaviour_logs import NotABehaviourLogError

PHONE = "13800138000"


CORPUS = Path(__file__).parents[2] / "corpus"


def phones(text: str) -> tuple[Kind, ...]:
    return (Kind.MOBILE,) if PHONE in text else ()


def opened(
    tmp_path: Path, data: bytes | str, name: str = "log", form: LogForm | None = None
) -> BehaviourLog:
    file = tmp_path / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return BehaviourLogFiles(phones).opened(file, form)


def entry(**request: object) -> dict[str, object]:
    asked = {"method": "POST", "url": "https://api.example.cn/v1?uid=7", "headers": []} | request
    return {"startedDateTime": "2026-11-01T10:00:00.5+08:00", "request": asked, "_own": {}}


def har(*entries: dict[str, object]) -> str:
    pages = [{"id": "p", "title": "{"}]
    log = {"version": "1.2", "creator": {"name": "x"}, "pages": pages, "entries": list(entries)}
    return "\ufeff" + json.dumps({"log": log}, ensure_ascii=False)


def test_har_with_a_mark_and_a_body_in_base64(tmp_path: Path) -> None:
    body = base64.b64encode(json.dumps({"user": {"mobile": PHONE}}).encode()).decode()
    posted = {"mimeType": "application/json", "text": body, "encoding": "base64"}
    headers = [{"name": "X-Requested-With", "value": "com.example.shop"}]
    log = opened(tmp_path, har(entry(postData=posted, headers=headers)))
    (event,) = log.events
    assert (log.form, event.label, event.kinds) == (
        LogForm.HAR,
        "com.example.shop",
        (Kind.MOBILE,),
    )
    assert event.sent is not None
    assert event.sent.keys == ("uid", "user", "mobile")
    assert event.at == 1_793_498_400_500_000
    assert PHONE not in repr(event)


def test_har_keeps_the_entries_beside_a_damaged_one(tmp_path: Path) -> None:
    text = har(entry(), entry(url="https:"), entry()).replace('"_own": {}', '"_own": {,}', 1)
    log = opened(tmp_path, text)
    assert [one.row for one in log.events] == [3]
    assert [one.row for one in log.lost] == [1, 2]
    cut = opened(tmp_path, har(entry(), entry())[:-60])
    assert len(list(cut.events)) == 1
    assert [one.why for one in cut.lost] == ["the file ends in the middle of an object"]


def test_camille_counts_its_months_from_nought_and_marks_consent(tmp_path: Path) -> None:
    stack = (
        "   android.telephony.TelephonyManager.getDeviceId(Native Method)\r\n"
        "   com.umeng.commonsdk.A.b(A.java:3)\r\n"
    )
    head = ["隐私政策状态", "时间点", "行为主体", "操作行为", "行为描述", "传入参数", "调用堆栈"]
    rows = [
        head,
        ["同意隐私政策前", "2022-0-9 9:5:3", "APP本身", "获取电话相关信息", "获取IMEI",
         "无参数", stack],
        ["同意隐私政策后", "2022-9-14 9:5:3", "某SDK", "获取网络信息",
         f"获取IP地址：1.2.3.4 {PHONE}", f"参数0：{PHONE}", stack],
    ]  # fmt: skip
    log = opened(tmp_path, xls([("App_privacy_compliance_testing", rows)]), "c.xlsx")
    first, second = log.events
    assert log.form is LogForm.CAMILLE
    assert (first.phase, second.phase) == (RunPhase.BEFORE_CONSENT, RunPhase.AFTER_CONSENT)
    assert (first.row, first.at) == (2, 1_641_690_303_000_000)  # 9 January 2022, 09:05:03
    assert [one.class_name for one in first.stack][1:] == ["com.umeng.commonsdk.A"]
    assert second.kinds == (Kind.MOBILE,)
    assert "1.2.3.4" not in repr(second)
    assert PHONE not in repr(second)


def test_what_camille_prints(tmp_path: Path) -> None:
    text = (
        "[*] 2022-10-14 09:05:00 开始\n---start---\n"
        "[*] 2022-10-14 9:5:3，APP行为：获取电话相关信息、行为主体：APP本身、行为描述：获取IMEI、"
        "传入参数：无参数\n[*] 调用堆栈：\n   java.lang.Exception\n"
        "   com.a.shop.Main.go(Main.java:7)\n---end----\n"
    )
    log = opened(tmp_path, text)
    (event,) = log.events
    assert (log.form, event.phase, event.row) == (LogForm.CAMILLE, RunPhase.UNKNOWN, 3)
    assert event.at == 1_668_387_903_000_000  # 14 November
    assert [one.method for one in event.stack] == ["go"]


SENTRY_HEAD = ["调用时间(倒序排序)", "别名", "函数名", "调用堆栈"]
SENTRY_STACK = "com.a.shop.Main.go() 7 <- \ncom.a.shop.App.onCreate() 3"


WORKBOOK = xls([("隐私合规", [SENTRY_HEAD, ["11-02 10:00:01.000", "a", "b", SENTRY_STACK]])])


def sentry(rows: list[list[str]]) -> bytes:
    return xls([("隐私合规", [SENTRY_HEAD, *rows]), ("调用次数", [["别名"]])])


def test_privacy_sentry_is_sorted_marked_and_counted(tmp_path: Path) -> None:
    def row(time: str, alias: str, function: str) -> list[str]:
        return [time, alias, function, SENTRY_STACK]

    rows = [
        row("11-02 10:00:03.000", "获取安装列表", "getInstalledPackages-\n线程名: main"),
        row("11-02 10:00:01.000", "getDeviceId-\n线程名: main", "获取设备id"),  # swapped
        row("11-02 10:00:02.500", "点击隐私协议确认", "点击隐私协议确认"),
        row("11-02 10:00:02.000", "命中缓存--获取AndroidId", "getString-\n线程名: main"),
        row("no time", "获取", "getX"),
    ]
    name = "privacy_result_26-11-02_09-59-00.000.xls"
    log = opened(tmp_path, sentry(rows), name)
    events = list(log.events)
    assert log.form is LogForm.PRIVACY_SENTRY
    assert [(one.signature, one.phase.value, one.is_cached) for one in events] == [
        ("getDeviceId", "before-consent", False),
        ("getString", "before-consent", True),
        ("getInstalledPackages", "after-consent", False),
    ]
    assert [one.row for one in events] == [3, 5, 2]
    assert events[0].at == 1_793_584_801_000_000
    assert [one.why for one in log.lost] == ["a row without a time"]


def test_without_a_marker_nothing_is_before_consent(tmp_path: Path) -> None:
    rows = [["11-02 10:00:01.000", "获取设备id", "getDeviceId-\n线程名: main", SENTRY_STACK]]
    (event,) = opened(tmp_path, sentry(rows)).events
    assert event.phase is RunPhase.UNKNOWN
    assert event.at is None  # the name of the file tells no year


DAY, YEAR = "11-02 10:00:01.000", "2026-11-02 10:00:01.000"
FRONTS = {
    "threadtime": f"{DAY}  4100  4123 I PrivacyOfficer: ",
    "with-year": f"{YEAR}  4100  4123 I PrivacyOfficer: ",
    "time": f"{DAY} I/PrivacyOfficer( 4100): ",
    "brief": "I/PrivacyOfficer( 4100): ",
    "tag": "I/PrivacyOfficer: ",
    "studio": f"{YEAR} 4100-4123  PrivacyOfficer          com.a.shop               I  ",
    "long": f"[ {DAY}  4100: 4123 I/PrivacyOfficer ]\n",
}
CHECK = "check!!! 还未展示隐私协议，Illegal print"
CALLS = (
    CHECK,
    f"msg : getString-命中缓存--获取AndroidId--参数:android_id-{SENTRY_STACK}",
    f"msg : 获取设备id-getDeviceId-{SENTRY_STACK}",
    "msg : 点击隐私协议确认-点击隐私协议确认-",
    f"msg : getInstalledPackages-获取安装列表-{SENTRY_STACK}",
)


def logcat(front: str, records: Sequence[str], *, once: bool) -> str:
    """Return a log with a front before each line, or before each record, and other lines."""
    noise = f"{DAY}  1  1 D Other: msg : getX-y-com.z.Z.z() 1\n"
    if once:
        return noise.join(f"{front}{record}\n\n" for record in records)
    lines = [line for record in records for line in record.splitlines()]
    return "--------- beginning of main\n" + noise.join(f"{front}{line}\n" for line in lines)


@pytest.mark.parametrize("name", sorted(FRONTS))
def test_privacy_sentry_in_every_format_of_the_systems_log(tmp_path: Path, name: str) -> None:
    noise = "" if name != "long" else f"[ {DAY}  1: 1 D/Other ]\nmsg : getX-y-com.z.Z.z() 1\n\n"
    log = opened(tmp_path, noise + logcat(FRONTS[name], CALLS, once=name == "long"))
    events = list(log.events)
    assert log.form is LogForm.PRIVACY_SENTRY
    assert [(one.signature, one.phase.value, one.is_cached) for one in events] == [
        ("getString", "before-consent", True),
        ("getDeviceId", "before-consent", False),
        ("getInstalledPackages", "after-consent", False),
    ]
    assert all([frame.method for frame in one.stack] == ["go", "onCreate"] for one in events)
    has_year = YEAR in FRONTS[name]
    assert {one.at for one in events} == {1_793_584_801_000_000 if has_year else None}
    assert log.lost == []


def test_calls_before_consent_by_the_logs_own_word_alone(tmp_path: Path) -> None:
    log = opened(tmp_path, logcat(FRONTS["brief"], (CALLS[4], CALLS[0], CALLS[2]), once=False))
    assert [one.phase.value for one in log.events] == ["unknown", "before-consent"]


def test_threads_that_write_at_once_and_a_log_that_ends_early(tmp_path: Path) -> None:
    one, other = FRONTS["threadtime"], FRONTS["threadtime"].replace("4123", "4999")
    first, second = SENTRY_STACK.splitlines()
    text = (
        f"{one}msg : getA-a-{first}\n{other}msg : getB-b-{first}\n{one}{second}\n"
        f"{other}msg : getC\n{other}msg : getD-d-{first}\n"
    )
    log = opened(tmp_path, text)
    assert [(one.signature, len(one.stack)) for one in log.events] == [
        ("getA", 2),
        ("getB", 1),
        ("getD", 1),
    ]
    assert [one.why for one in log.lost] == [
        "a record of another form",
        "the log ends in the middle of a record",
    ]


def test_appscans_list(tmp_path: Path) -> None:
    rows = [["序号", "主体", "操作行为", "堆栈"],
            [1, "APP", "获取IMEI", "com.a.B.c(B.java:1)"]]  # fmt: skip
    log = opened(tmp_path, xlsx("关注列表", rows))
    assert [(one.label, one.action, one.stack[0].method) for one in log.events] == [
        ("APP", "获取IMEI", "c")
    ]
    assert log.form is LogForm.APPSCAN


def test_messages_of_scripts_by_many_names(tmp_path: Path) -> None:
    lines = [
        {"type": "send", "payload": {"clazz": "a.b.C", "fn": "d", "arguments": [PHONE],
                                     "timestamp": 1_793_498_400_500, "trace": "at x.y.Z.w(Z:1)"}},
        {"class": "a.b.C", "method": "d", "ts": 1_793_498_400.5, "backtrace": ["x.y.Z.w(Z:1)"]},
        {"type": "app_name", "method": "ignored"},
        {"type": "notice", "time": "2026-10-1 10:0:0", "action": "获取系统信息",
         "messages": "获取Android_ID", "arg": "com.example.other", "stacks": "x.y.Z.w(Z.java:1)"},
    ]  # fmt: skip
    text = "started\n" + "\n".join(json.dumps(one) for one in lines) + '\n{"broken": \n'
    log = opened(tmp_path, text, form=LogForm.FRIDA)
    first, second, third = log.events
    assert first.signature == second.signature == "a.b.C->d"
    assert first.at == second.at == 1_793_498_400_500_000
    assert first.stack == second.stack
    assert first.kinds == (Kind.MOBILE,)
    assert third.at == 1_793_498_400_000_000  # October counts from nought
    assert third.names == ("com.example.other",)
    assert len(log.lost) == 1
    assert PHONE not in repr((first, second, third))


def test_appscans_messages_alone_and_over_its_socket(tmp_path: Path) -> None:
    told = {"type": "method_result", "time": "2026-10-1 10:0:0", "action": "获取系统信息",
            "messages": "获取剪贴板", "arg": "", "stacks": "x.y.Z.w(Z.java:1)"}  # fmt: skip
    around = {"success": True, "status": 200, "message": "", "result": told}
    log = opened(tmp_path, f"{json.dumps(told)}\n{json.dumps(around)}\n")
    first, second = log.events
    assert log.form is LogForm.APPSCAN
    assert (first.at, first.action) == (1_793_498_400_000_000, "获取系统信息 获取剪贴板")
    assert (second.at, second.stack) == (first.at, first.stack)


def test_appscans_requests(tmp_path: Path) -> None:
    body = json.dumps({"imei": "490154203237518", "mobile": PHONE, "user": {"nick": "x"}}).encode()
    whole = f"POST /b?oaid=1 HTTP/1.1\r\nHost: t.example.cn:8080\r\n\r\nphone={PHONE}&v=2"
    told = {"type": "request_result", "time": "2026-10-1 10:0:0", "url": "https://a.example.cn/x?k=1",
            "method": "POST", "stacks": "x.y.Z.w(Z.java:1)"}  # fmt: skip
    lines = [
        {"type": "send", "payload": told, "data": hex_dump(body)},
        {
            "success": True,
            "result": {"type": "request_result", "body": hex_dump(whole.encode())},
        },
        {"type": "request_result", "body": "ab cd ef"},
    ]
    log = opened(tmp_path, "\n".join(json.dumps(one) for one in lines))
    first, second = log.events
    assert log.form is LogForm.APPSCAN
    assert first.sent == Sent(
        host="a.example.cn",
        scheme="https",
        method="POST",
        port=443,
        keys=("k", "imei", "mobile", "user", "nick"),
    )
    assert (first.at, first.stack[0].method) == (1_793_498_400_000_000, "w")
    assert first.kinds == second.kinds == (Kind.MOBILE,)
    assert second.sent == Sent(
        host="t.example.cn", scheme="http", method="POST", port=8080, keys=("oaid", "phone", "v")
    )
    assert PHONE not in repr((first, second))


def test_mobsfs_monitor(tmp_path: Path) -> None:
    told = {"name": "Device Info", "class": "android.telephony.TelephonyManager",
            "method": "getDeviceId", "arguments": [],
            "calledFrom": "com.a.B.c(B.java:3)"}  # fmt: skip
    log = opened(tmp_path, f"MobSF-API-Monitor: {json.dumps(told)},\n[API Monitor] Cannot find x\n")
    (event,) = log.events
    assert (log.form, event.signature) == (
        LogForm.MOBSF,
        "android.telephony.TelephonyManager->getDeviceId",
    )
    assert event.stack[0].class_name == "com.a.B"


def test_hegui_in_the_log_of_the_system(tmp_path: Path) -> None:
    front = "11-02 10:00:00.000  100  100 I HookTrack: "
    text = "".join(
        f"{front}{line}\n"
        for line in (
            "com.a.shop调用getDeviceId()获取了imei",
            "Dump Stack: ---------------start----------------",
            "[Dump Stack]0: com.umeng.commonsdk.A----A.java----12----b",
            "Dump Stack: ---------------over----------------",
        )
    )
    log = opened(tmp_path, text)
    (event,) = log.events
    assert (log.form, event.signature, event.action) == (LogForm.HEGUI, "getDeviceId", "imei")
    assert [(one.class_name, one.method) for one in event.stack] == [("com.umeng.commonsdk.A", "b")]


def test_the_report_of_ios_and_operations_of_android(tmp_path: Path) -> None:
    rows = [
        {"type": "access", "accessor": {"identifier": "cn.a.shop"}, "category": "photos",
         "kind": "intervalBegin", "timeStamp": "2026-11-01T10:00:00.000+08:00"},
        {"type": "access", "category": "photos", "kind": "intervalEnd"},
        {"type": "networkActivity", "domain": "api.example.cn", "bundleID": "cn.a.shop"},
    ]  # fmt: skip
    log = opened(tmp_path, "\n".join(json.dumps(one) for one in rows))
    assert log.form is LogForm.IOS_REPORT
    assert [one.signs or (one.sent and one.sent.host) for one in log.events] == [
        ("photos",),
        "api.example.cn",
    ]
    text = (
        "Uid mode: x\n  FINE_LOCATION (allow / switch COARSE_LOCATION=allow):\n"
        "      Access: [bg-s] 2026-11-01 10:00:00.000 (-1m2s)\n"
        "      Reject: [fg-s] 2026-11-01 10:00:01.000 (-1m)\n"
    )
    ops = opened(tmp_path, text)
    assert ops.form is LogForm.APPOPS
    assert [(one.signs, one.in_background) for one in ops.events] == [(("FINE_LOCATION",), True)]


@pytest.mark.parametrize(
    ("line", "frame"),
    [
        ("at a.b.C.d(File.java:12)", ("a.b.C", "d")),
        ("a.b.C.d(Unknown Source:5)", ("a.b.C", "d")),
        ("a.b.C$1.<init>(Native Method)", ("a.b.C$1", "<init>")),
        ("a.b.c.d(r8-map-id-1f:7)", ("a.b.c", "d")),
        ("a.b.C.d() 12", ("a.b.C", "d")),
    ],
)
def test_frames(line: str, frame: tuple[str, str]) -> None:
    assert [(one.class_name, one.method) for one in stack_of(line)] == [frame]


def test_what_is_no_log_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotABehaviourLogError, match="no format that is known"):
        opened(tmp_path, "hello")
    with pytest.raises(NotABehaviourLogError, match="damaged"):
        opened(tmp_path, xls([("隐私合规", [SENTRY_HEAD])])[:700])
    with pytest.raises(NotABehaviourLogError, match="no `har`"):
        opened(tmp_path, sentry([]), form=LogForm.HAR)
    with pytest.raises(NotABehaviourLogError, match="cannot be opened"):
        BehaviourLogFiles(phones).opened(tmp_path / "missing")


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", bytes(5_000))
    said = made.getvalue().replace(struct.pack("<I", 5_000), struct.pack("<I", 200 << 20))
    with pytest.raises(NotABehaviourLogError, match="unpacks to more"):
        opened(tmp_path, said)


@pytest.mark.parametrize("at", [600, 1200, 2600])
def test_a_damaged_workbook_is_refused_or_read(tmp_path: Path, at: int) -> None:
    data = bytearray(WORKBOOK)
    data[at : at + 16] = b"\xff" * 16
    with suppress(NotABehaviourLogError):
        assert opened(tmp_path, bytes(data)).form is LogForm.PRIVACY_SENTRY


def test_a_workbook_that_asks_for_all_memory_is_refused(tmp_path: Path) -> None:
    data = (CORPUS / "workbooks" / "asks-for-all-memory.xls").read_bytes()
    with pytest.raises(NotABehaviourLogError, match=r"damaged|more memory"):
        opened(tmp_path, data)


def test_deep_json_is_lost_alone(tmp_path: Path) -> None:
    deep = '{"method": "a", "class": "b.C", "x": ' + "[" * 100_000 + "\n"
    log = opened(tmp_path, deep + '{"class": "a.B", "method": "c"}\n')
    assert [one.signature for one in log.events] == ["a.B->c"]
    assert len(log.lost) == 1


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_told_or_not(head: bytes) -> None:
    assert form_of(head) is None or isinstance(form_of(head), LogForm)


TREES = st.recursive(
    st.none() | st.integers() | st.text(st.characters(codec="utf-8"), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=5,
)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.dictionaries(st.text(max_size=4), TREES), max_size=3), st.integers(1, 40))
def test_objects_are_cut_as_json_says(trees: list[dict[str, object]], size: int) -> None:
    class Small(io.BytesIO):
        def read(self, _: int | None = None, /) -> bytes:
            return super().read(size)

    text = json.dumps({"log": {"entries": trees}}, ensure_ascii=False).encode(errors="replace")
    assert [one.tree for one in objects(Small(text), within=3)] == json.loads(text)["log"][
        "entries"
    ]
