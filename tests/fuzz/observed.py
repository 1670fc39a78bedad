"""Readers of what is observed beside packages: texts and logs of behaviour."""

import json
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import tests.adapters.behaviour_logs.builders as make
from tests.engines.text.cues_file import product_cues
from tests.fuzz.mutating import changed_bytes, changed_json, changed_text
from tests.fuzz.parser import Broken, Parser

from chengnuo.adapters.behaviour_logs.reading import BehaviourLogFiles
from chengnuo.domain.observation.runtime_event import LogForm
from chengnuo.engines.text.finding import find_in
from chengnuo.engines.text.masking import masked, partly
from chengnuo.ports.behaviour_logs import NotABehaviourLogError

# Made up.
TEXT = (
    "客户的身份证号11010519491231002X，电话："
    "\uff11\uff13\uff18\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18，邮箱 a@example.com\n"
    '{"phone":"13812345678","lat":31.23041,"lng":121.4737,"ip":"61.14.242.211"}\n'
    "银行卡 6222021234567890128，车牌京A·12345，imei=490154203237518\n"
)
HAR = json.dumps(
    {
        "log": {
            "version": "1.2",
            "entries": [
                {
                    "startedDateTime": "2026-11-01T09:00:00+08:00",
                    "request": {
                        "method": "POST",
                        "url": "https://a.example.com/x?phone=13812345678",
                        "headers": [{"name": "User-Agent", "value": "x"}],
                        "postData": {"mimeType": "application/json", "text": '{"imei":"x"}'},
                    },
                    "response": {"status": 200, "content": {"text": "e30=", "encoding": "base64"}},
                }
            ],
        }
    }
).encode()
PAYLOAD = json.dumps(
    {
        "type": "send",
        "payload": {
            "time": "2026-11-01 09:00:00",
            "class": "android.telephony.TelephonyManager",
            "method": "getDeviceId",
            "stack": ["at com.example.A.b(A.java:1)"],
        },
    }
).encode()
REQUEST = json.dumps(
    {
        "type": "send",
        "payload": {"type": "request_result", "time": "2026-10-1 10:0:0", "method": "POST"},
        "data": make.hex_dump(b"POST /b?k=1 HTTP/1.1\r\nHost: a.example.com\r\n\r\nimei=x&v=2"),
    }
).encode()
LOGCAT = (
    "11-02 10:00:01.000  4100  4123 I PrivacyOfficer: check!!! 还未展示隐私协议，Illegal print\n"
    "11-02 10:00:01.000  4100  4123 I PrivacyOfficer: msg : getA-读取--参数:x-com.a.B.c() 1 <- \n"
    "11-02 10:00:01.000  4100  4123 I PrivacyOfficer: com.a.B.d() 2\n"
    "I/PrivacyOfficer( 4100): msg : 点击隐私协议确认-点击隐私协议确认-\n"
    "[ 11-02 10:00:02.000  4100: 4123 I/PrivacyOfficer ]\nmsg : getB-b-com.a.B.c() 1\n\n"
).encode()


def read_text(content: bytes) -> bool:
    text = content.decode("utf-8", "surrogateescape")
    hits = find_in(text, product_cues())
    if any(not 0 <= hit.start < hit.end <= len(text) for hit in hits):
        raise Broken("a hit outside the text")
    if find_in(masked(text, hits, partly()), product_cues()):
        raise Broken("something masked is found again")
    return bool(hits)


@cache
def place(suffix: str) -> Path:
    """Return a file of this process's own."""
    return Path(tempfile.mkdtemp(prefix="chengnuo-fuzz-")) / f"{os.getpid()}{suffix}"


def read_log(form: LogForm | None) -> Callable[[bytes], bool]:
    def read(content: bytes) -> bool:
        file = place(".log")
        file.write_bytes(content)
        try:
            log = BehaviourLogFiles(lambda _: frozenset()).opened(file, form)
        except NotABehaviourLogError:
            return False
        return sum(1 for _ in log.events) > 0

    return read


def packets() -> list[tuple[int, bytes]]:
    hello = make.client_hello("a.example.com")
    record = make.tls_record(hello)
    parts = [
        make.tcp(b"", source_port=40009, number=(1 << 32) - 9, flags=2),
        make.tcp(record[40:], source_port=40009, number=32),
        make.tcp(record[:50], source_port=40009, number=(1 << 32) - 8),
    ]
    frames = [
        make.ethernet(make.ipv4(make.tcp(make.tls_record(hello)), 6)),
        make.ethernet(make.ipv4(make.udp(make.dns("a.example.com", "203.0.113.7"), 53), 17)),
        make.ethernet(make.ipv4(make.udp(make.quic_initial([(0, hello)])), 17)),
        make.ethernet(make.ipv4(make.tcp(b"GET / HTTP/1.1\r\nHost: a.example.com\r\n\r\n", 80), 6)),
        *(make.ethernet(make.ipv4(part, 6)) for part in parts),
    ]
    return [(1_000_000 * at, frame) for at, frame in enumerate(frames)]


PARSERS = {
    "text": Parser(seeds=lambda: [TEXT.encode()], change=changed_text, read=read_text, weight=20),
    "har": Parser(seeds=lambda: [HAR], change=changed_json, read=read_log(LogForm.HAR), weight=20),
    "capture": Parser(
        seeds=lambda: [make.pcap(packets(), link=1), make.pcapng(packets(), link=1)],
        change=changed_bytes,
        read=read_log(None),
        weight=40,
    ),
    "sentry": Parser(
        seeds=lambda: [LOGCAT],
        change=changed_text,
        read=read_log(LogForm.PRIVACY_SENTRY),
        weight=20,
    ),
    "payloads": Parser(
        seeds=lambda: [b"\n".join([PAYLOAD, PAYLOAD, REQUEST])],
        change=changed_text,
        read=read_log(LogForm.FRIDA),
        weight=20,
    ),
}
