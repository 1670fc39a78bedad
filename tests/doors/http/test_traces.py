"""Traces and lines of a served installation: all that is told, and nothing of a person."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest
from msgspec.structs import replace
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status
from tests.doors.browser_kit import Browser
from tests.doors.http.asking_kit import ACCOUNT, service_asked
from tests.doors.server_kit import Server
from tests.waiting import until

from chengnuo.adapters.tracing.collected import CollectedSpans
from chengnuo.doors.trace_settings import TraceSettings
from chengnuo.ports.api_keys import ApiScope
from chengnuo.ports.tracing import UNTOLD, Fact
from chengnuo.wiring.tracing import traced

SOUND = Path(__file__).parents[2] / "corpus" / "register" / "sound.yaml"
TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
PERSONAL = "13800138000-zhang-san@example.com"
"""A value that must not be told, wherever it is put into a request."""


@dataclass
class Collector:
    """Takes traces."""

    url: str = ""
    bodies: list[bytes] = field(default_factory=list)

    def spans(self) -> list[Span]:
        found: list[Span] = []
        for body in self.bodies:
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                for scope in resource.scope_spans:
                    found += scope.spans
        return found

    def named(self, name: str) -> list[Span]:
        return [one for one in self.spans() if one.name == name]


@contextmanager
def collecting() -> Iterator[Collector]:
    taken = Collector()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.bodies.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever)
    thread.start()
    taken.url = f"http://127.0.0.1:{server.server_port}/v1/traces"
    try:
        yield taken
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def told(span: Span) -> dict[str, str | int]:
    return {one.key: one.value.string_value or one.value.int_value for one in span.attributes}


def test_a_piece_of_work_is_told_with_its_facts_and_no_error_is_described() -> None:
    with collecting() as collector:
        spans = CollectedSpans(collector.url, permille=1000, version="1")

        def work() -> None:
            with spans.span("outer"), spans.span("inner", {Fact.RECORDS: 3}) as inner:
                inner.tell(Fact.STAGE, "queued")
                raise ValueError(PERSONAL)

        with pytest.raises(ValueError, match="13800"):
            work()
        spans.close()
    inner_span, outer = collector.spans()
    assert told(inner_span) == {"chengnuo.records": 3, "chengnuo.stage": "queued"}
    assert inner_span.parent_span_id == outer.span_id
    assert {inner_span.status.code, outer.status.code} == {Status.STATUS_CODE_ERROR}
    assert [*inner_span.events, inner_span.status.message, outer.status.message] == ["", ""]
    assert not any(PERSONAL.encode() in body for body in collector.bodies)


@pytest.mark.parametrize(
    "parent", ["", "00-0-0-01", f"00-{'0' * 32}-{PARENT}-01", PERSONAL, "00-" + "z" * 52]
)
def test_a_trace_that_is_none_is_not_followed(parent: str) -> None:
    with collecting() as collector:
        spans = CollectedSpans(collector.url, permille=1000, version="1")
        with spans.answering(parent):
            pass
        spans.close()
    (span,) = collector.spans()
    assert not span.parent_span_id
    assert not any(PERSONAL.encode() in body for body in collector.bodies)


def test_whoever_asks_with_a_trace_decides_whether_it_is_kept() -> None:
    with collecting() as collector:
        spans = CollectedSpans(collector.url, permille=0, version="1")
        for flags in ("00", "01"):
            with spans.answering(f"00-{TRACE}-{PARENT}-{flags}"):
                pass
        with spans.answering(""):
            pass
        spans.close()
    (span,) = collector.spans()
    assert (span.trace_id.hex(), span.parent_span_id.hex()) == (TRACE, PARENT)


def test_a_collector_that_is_away_keeps_nobody_waiting() -> None:
    spans = CollectedSpans("http://127.0.0.1:9/v1/traces", permille=1000, version="1")
    for _ in range(5000):
        with spans.span("work"):
            pass
    spans.close()


def test_nobody_hears_where_no_collector_is_named() -> None:
    with UNTOLD.span("x") as one, UNTOLD.answering(TRACE) as other:
        one.tell(Fact.RECORDS, 1)
        other.failed()
    code = (
        "import sys, chengnuo.wiring.serving, chengnuo.wiring.tracing;"
        "sys.exit(any(name.startswith('opentelemetry') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603


@pytest.mark.service
def test_decisions_are_told_with_how_many_and_nobody(tmp_path: Path) -> None:
    asking = service_asked(tmp_path, ApiScope.DECIDE)
    with collecting() as collector:
        settings = replace(asking.kit.settings, traces=TraceSettings(endpoint=collector.url))
        made = traced(asking.kit.service, settings)
        headers = {"authorization": f"Bearer {asking.secret}", "content-type": "application/json"}
        asked = {"person": ACCOUNT, "activity": "search"}
        client = Browser(made.app).client
        one = client.post("/v1/decisions", json=asked, headers=headers)
        many = client.post("/v1/decisions:batch", json={"questions": [asked] * 3}, headers=headers)
        assert (one.status_code, many.status_code) == (200, 200)
        made.close()
    decisions = collector.named("decisions")
    assert [told(span) for span in decisions] == [{"chengnuo.records": 1}, {"chengnuo.records": 3}]
    requests = {span.span_id: told(span)["http.route"] for span in collector.named("request")}
    assert [requests[span.parent_span_id] for span in decisions] == [
        "/v1/decisions",
        "/v1/decisions:batch",
    ]
    person = str(asking.person).encode()
    assert not any(word in body for word in (ACCOUNT.encode(), person) for body in collector.bodies)


@pytest.mark.real
def test_what_a_served_installation_tells_holds_nothing_of_a_person(tmp_path: Path) -> None:
    register = tmp_path / "register"
    register.mkdir()
    (register / "register.yaml").write_bytes(SOUND.read_bytes())
    with collecting() as collector:
        (tmp_path / "settings.toml").write_text(
            f'log_lines = "json"\n[traces]\nendpoint = "{collector.url}"\n'
        )
        server = Server.start(
            *("--register", "register", "--data", "data", "--port", "0"),
            *("--settings", "settings.toml"),
            folder=tmp_path,
        )
        hostile = {
            "traceparent": f"00-{TRACE}-{PARENT}-01",
            "tracestate": f"shop={PERSONAL}",
            "baggage": f"account={PERSONAL}",
            "user-agent": PERSONAL,
            "x-request-id": PERSONAL,
            "x-forwarded-for": PERSONAL,
            "authorization": f"Bearer {PERSONAL}",
            "cookie": f"chengnuo-individual={PERSONAL}",
        }
        with httpx.Client(base_url=server.address(), headers=hostile) as client:
            client.get("/healthz", params={"who": PERSONAL})
            for path in (f"/{PERSONAL}", f"/centre/{PERSONAL}", f"/tlog/{PERSONAL}"):
                client.get(path, params={"q": PERSONAL})
            for path in ("/v1/decisions", "/v1/individuals/token", "/v1/consents", "/v1/rights"):
                client.post(path, json={"person": PERSONAL, PERSONAL: PERSONAL})
                client.post(path, content=PERSONAL)
            client.post("/console/sign-in", data={"name": PERSONAL, "password": PERSONAL})
            client.request(f"X{PERSONAL.upper().replace('@', '')}", "/healthz")
            client.get("/healthz", headers={"host": PERSONAL})
        until(lambda: len(collector.named("request")) >= 12)
        assert server.stop() == 0
    requests = collector.named("request")
    assert {one.trace_id.hex() for one in requests} == {TRACE}
    assert {one.parent_span_id.hex() for one in requests} == {PARENT}
    by_route = {str(told(one)["http.route"]): told(one) for one in requests}
    assert by_route["/healthz"]["http.response.status_code"] in {200, 405, 421}
    assert by_route["/v1/decisions"]["http.request.method"] == "POST"
    batches = collector.named("evidence batch")
    assert batches
    assert all(int(told(one)["chengnuo.records"]) > 0 for one in batches)
    known = {fact.value for fact in Fact}
    assert all(told(one).keys() <= known for one in collector.spans())
    sent, written = b"".join(collector.bodies), server.errors.read_text("utf-8")
    for value in (PERSONAL, PERSONAL.upper().replace("@", ""), "13800138000", "zhang"):
        assert value.encode() not in sent
        assert value not in written
    lines = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    assert sum(one["logger"] == "chengnuo.requests" for one in lines) >= 12
    assert all(one.keys() <= {"at", "level", "logger", "line", "error"} for one in lines)
