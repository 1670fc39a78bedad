"""`chengnuo borders`: what was counted, read beside the service that counts it."""

import json
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.http.asking_kit import Asking, service_asked
from tests.doors.http.test_provisions import BODY, ITEMS, PATH

from chengnuo.domain.register.ids import RecipientId
from chengnuo.doors.cli.root import run
from chengnuo.ports.api_keys import ApiScope
from chengnuo.ports.evidence_log import Position
from chengnuo.wiring.program import Program

Ran = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    folder = tmp_path_factory.mktemp("borders")
    made = service_asked(folder, ApiScope.PROVISION_READ, ApiScope.PROVISION_WRITE)
    for item in ITEMS:
        made.agree(item)
    yield made
    made.kit.service.close()


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str], asking: Asking) -> Ran:
    data = Path(asking.kit.settings.data)

    def one(*arguments: str, lang: str = "zh") -> tuple[int, str, str]:
        given = ["--lang", lang, "borders", *arguments, "--data", str(data)]
        status = run(Program(), given)
        said = capsys.readouterr()
        return status, said.out, said.err

    return one


def test_before_anything_went_it_says_how_to_begin(ran: Ran) -> None:
    status, out, _ = ran("count", "--year", "2025")
    assert status == 0
    assert "/v1/provisions" in out
    assert "  一般信息 0 人" in out.splitlines()


def test_the_count_is_that_of_the_log_and_of_a_recount(ran: Ran, asking: Asking) -> None:
    assert asking.post(BODY, path=PATH).json()["mayGo"] is True
    status, out, _ = ran("count", "--year", "2026", "--recount", lang="en")
    assert status == 0
    assert "general information 1 person" in out
    assert "sentry · US" in out
    assert "every record read again: the same." in out
    status, out, _ = ran("count", "--year", "2026", "--recount", "--json")
    told = json.loads(out)
    assert (status, told["counted"], told["recounted"]) == (
        0,
        {"general": 1, "sensitive": 0},
        {"general": 1, "sensitive": 0},
    )


def test_from_the_notice_to_the_verifier(asking: Asking) -> None:
    services = asking.kit.service.services
    register = services.register.served.register
    sentry = register.recipient_by_id[RecipientId("sentry")]
    assert sentry.cross_border is not None
    browser = Browser(asking.kit.service.app)
    shown = browser.get("/centre/prompts/crash-reports-overseas/overseas:sentry?lang=zh").text
    six = (
        sentry.company,
        sentry.contact,
        sentry.purpose,
        sentry.method,
        services.register.catalogue.category(sentry.categories[0]).text,
        sentry.cross_border.rights,
    )
    assert [one.zh for one in six if one is not None and escape(one.zh) not in shown] == []
    assert None not in six
    made = asking.post(BODY, path=PATH).json()
    log, payloads = services.evidence.log, services.evidence.payloads
    record = log.record(Position(made["position"]))
    assert (record.leaf.kind, record.leaf.item) == ("provision", ITEMS[1])
    payload = payloads.opened(record).payload
    assert payload is not None
    said = json.loads(payload)
    assert (said["country"], said["route"]) == (sentry.country, "exempt-volume")
    log.publish()
    assert services.evidence.verify().status == 0


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ["免予申报（人数未达线）", "sentry", "TD-D4", "事前完成个人信息保护影响评估"]),
        ("en", ["exempt by the number of people", "TD-D4", "an impact assessment beforehand"]),
    ],
)
def test_the_route_is_told_with_its_reason(ran: Ran, lang: str, words: list[str]) -> None:
    _, out, _ = ran("route", "--year", "2026", lang=lang)
    _, as_json, _ = ran("route", "--year", "2026", "--json", lang=lang)
    routes = json.loads(as_json)["routes"]
    assert [word for word in words if word.casefold() not in (out + as_json).casefold()] == []
    assert {one["recipient"] for one in routes} >= {"sentry"}
    assert all(one["suffices"] for one in routes)


def test_without_a_log_it_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status = run(Program(), ["borders", "count", "--data", str(tmp_path / "none")])
    assert status == 2
    assert "no-evidence-log" in capsys.readouterr().err
