"""The JSON interface: its schema, its answers, and what a hostile client gets."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.people_kit import first_admin
from tests.doors.server_kit import STARTED, Server
from tests.doors.service_kit import Kit
from tests.doors.web.price_kit import priced

from chengnuo.doors.cli.root import run
from chengnuo.doors.http import program_schema
from chengnuo.doors.http.automated import OPERATIONS as AUTOMATED_OPERATIONS
from chengnuo.doors.http.consents import OPERATIONS
from chengnuo.doors.http.decisions import PATHS as DECISION_PATHS
from chengnuo.doors.http.dossiers import OPERATIONS as DOSSIER_OPERATIONS
from chengnuo.doors.http.filtering import PATH as AUDIENCE_PATH
from chengnuo.doors.http.labels import OPERATIONS as LABEL_OPERATIONS
from chengnuo.doors.http.provisions import OPERATIONS as PROVISION_OPERATIONS
from chengnuo.doors.http.rights import OPERATIONS as RIGHTS_OPERATIONS
from chengnuo.ports.api_keys import ApiScope
from chengnuo.wiring.program import Program

OF_PROGRAMS = (
    "^/v1/(decisions|automated-decisions|labels|prices|audience|consents|dossiers|provisions"
    "|rights)"
)
OF_STORES = "^/v1/(rights:(open|preview)|prices:explain)$"
"""They look into the operator's stores and logs of quotes; without these the answer is a 503."""
LIMITS = ("requests_per_minute", "sign_ins_per_minute", "wrong_keys_per_minute")
SHOP = Path(__file__).parents[3] / "examples" / "shop"
SAMPLE = str(SHOP / "register")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    (folder / "settings.toml").write_text("".join(f"{one} = 1000000\n" for one in LIMITS))
    arguments = ("--data", "data", "--settings", "settings.toml", "--demo", "--register", SAMPLE)
    running = Server.start(*arguments, folder=folder)
    STARTED.remove(running.process)  # it outlives each test, and is stopped here
    try:
        running.address()
        yield running
        assert running.stop() == 0
    finally:
        running.process.kill()
        running.process.wait(30)


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """A service beside the stores of the sample shop and a log of quotes."""
    folder = tmp_path_factory.mktemp("stocked")
    uploads = folder / "uploads"
    uploads.mkdir()
    make = [sys.executable, str(SHOP / "make_database.py"), "shop.db", "--customers", "50"]
    subprocess.run(make, cwd=folder, check=True, capture_output=True)  # noqa: S603  our own
    (folder / "shop.address").write_text(f"sqlite:///{folder / 'shop.db'}")
    (folder / "uploads.address").write_text(f"file://{uploads}")
    (folder / "people.key").write_text("between the shop and its log")
    prices = priced(folder / "quotes", first="a", second="b", audit=False)
    lines = [
        *(f"{one} = 1000000" for one in LIMITS),
        *("[connections]", 'SHOP_DB = "shop.address"', 'SHOP_UPLOADS = "uploads.address"'),
        *("[prices]", f'spec = "{prices["spec"]}"', f"logs = {json.dumps(prices['logs'])}"),
        *('person_key_file = "people.key"', "seconds = 60"),
    ]
    for name in ("shop.address", "uploads.address", "people.key"):
        (folder / name).chmod(0o600)
    (folder / "settings.toml").write_text("\n".join(lines))
    arguments = ("--data", "data", "--settings", "settings.toml", "--demo", "--register", SAMPLE)
    running = Server.start(*arguments, folder=folder)
    STARTED.remove(running.process)
    try:
        running.address()
        yield running, folder
        assert running.stop() == 0
    finally:
        running.process.kill()
        running.process.wait(30)


def holds_against_schemathesis(server: Server, *options: str) -> None:
    """Assert that nothing is found on the operations that the options choose."""
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run"),
        f"{server.address()}/schema/openapi.json",
        *("--max-examples", "15", "--seed", "7", "--no-color", "--no-shrink", *options),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own interpreter
    assert done.returncode == 0, done.stdout[-6000:]
    assert "ERROR" not in server.errors.read_text()


@pytest.mark.real
@pytest.mark.parametrize("signed_in", [False, True], ids=["anonymous", "admin"])
def test_schemathesis_finds_nothing_on_any_operation(server: Server, *, signed_in: bool) -> None:
    shown = ("-H", f"Cookie: chengnuo-staff={server.admin_session()}") if signed_in else ()
    holds_against_schemathesis(server, "--exclude-path-regex", OF_PROGRAMS, *shown)


@pytest.mark.real
def test_schemathesis_finds_nothing_on_the_routes_of_programs(
    server: Server, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = key_of(folder, capsys)
    holds_against_schemathesis(
        server,
        *("--include-path-regex", OF_PROGRAMS, "--exclude-path-regex", OF_STORES),
        *("--exclude-checks", "positive_data_acceptance"),  # what is well formed may be untrue
        *("-H", f"Authorization: Bearer {key}"),
    )


@pytest.mark.slow
def test_schemathesis_finds_nothing_where_stores_and_prices_are_there(
    stocked: tuple[Server, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    server, folder = stocked
    holds_against_schemathesis(
        server,
        *("--include-path-regex", OF_STORES),
        *("--exclude-checks", "positive_data_acceptance"),  # as above
        *("-H", f"Authorization: Bearer {key_of(folder, capsys)}"),
    )


def key_of(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Return a key for everything."""
    scopes = [word for scope in ApiScope for word in ("--scope", scope.value)]
    assert run(Program(), ["keys", "make", "x", *scopes, "--data", str(folder / "data")]) == 0
    return capsys.readouterr().out.strip()


def test_the_operations_that_schemathesis_is_given_are_all_there_are(kit: Kit) -> None:
    """Each operation is in one of the three runs; prices are in the schema where they are set."""
    paths = {*Browser(kit.service.app).get("/schema").json()["paths"], "/v1/prices:explain"}
    of_programs = {path for path in paths if re.search(OF_PROGRAMS, path)}
    of_stores = {path for path in paths if re.search(OF_STORES, path)}
    assert of_stores == {"/v1/rights:open", "/v1/rights:preview", "/v1/prices:explain"}
    assert of_stores < of_programs < paths


def test_the_schema_shows_the_forms_of_programs_as_they_are(kit: Kit) -> None:
    schema = Browser(kit.service.app).get("/schema").json()
    shown = {name: schema["components"]["schemas"][name] for name in program_schema.components()}
    assert shown == program_schema.components()
    items = program_schema.path_items()
    shown_items = {path: one for path, one in schema["paths"].items() if path in items}
    # This one is there only where the service is told of a log of quotes; see test_prices.
    assert items.keys() - shown_items.keys() == {"/v1/prices:explain"}
    assert shown_items == {path: items[path] for path in shown_items}
    refs = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(schema)))
    assert refs <= set(schema["components"]["schemas"])
    body = schema["components"]["schemas"]["Program.AnswerBody"]
    assert body["additionalProperties"] is False
    assert schema["components"]["securitySchemes"]["apiKey"]["scheme"] == "bearer"


def test_the_schema_is_openapi_3_1_and_names_every_operation(kit: Kit) -> None:
    schema = Browser(kit.service.app).get("/schema").json()
    assert schema["openapi"].startswith("3.1")
    assert set(schema["paths"]) == {
        "/healthz",
        "/v1/register",
        "/v1/register/{version_id}",
        "/v1/register/{version_id}/document",
        "/v1/key",
        "/v1/documents",
        "/v1/documents/{kind}",
        "/v1/prompts",
        "/v1/prompts/first-run",
        "/v1/prompts/{activity}",
        "/v1/prompts/{activity}/{matter}",
        "/v1/diff/{old}/{new}",
        "/v1/publications",
        "/v1/evidence/status",
        "/v1/evidence/receipts",
        "/v1/evidence/receipts/{position}",
        "/v1/findings",
        "/v1/law",
        "/v1/law/sets/{name}",
        "/v1/law/duties/{duty}",
        "/v1/individuals/codes",
        *DECISION_PATHS,
        *AUTOMATED_OPERATIONS,
        *DOSSIER_OPERATIONS,
        *LABEL_OPERATIONS,
        *OPERATIONS,
        *PROVISION_OPERATIONS,
        *RIGHTS_OPERATIONS,
        AUDIENCE_PATH,
    }


def test_health_says_what_runs(kit: Kit) -> None:
    health = Browser(kit.service.app).get("/healthz").json()
    assert health["status"] == "ok"
    assert health["registerVersion"] == ""
    assert health["lawVersion"].startswith("20")


def test_an_article_is_found_with_our_summary(kit: Kit) -> None:
    browser = Browser(kit.service.app)
    duty = browser.get("/v1/law/duties/PIPL-14").json()
    assert duty["id"] == "PIPL-14"
    assert duty["summary"]["zh"]
    assert browser.get("/v1/law/duties/PIPL-999").status_code == 404
    sets = {one["set"]: one["count"] for one in browser.get("/v1/law").json()["sets"]}
    assert sets["pledge"] == 10
    assert len(browser.get("/v1/law/sets/pledge").json()["duties"]) == 10
    assert browser.get("/v1/law/sets/none").status_code == 404


def test_without_a_register_that_is_said(kit: Kit) -> None:
    admin = first_admin(kit)
    assert admin.get("/v1/register").json() == []
    assert admin.get("/v1/findings").json()["code"] == "no-register-loaded"


def test_the_signing_key_is_public(kit: Kit) -> None:
    key = Browser(kit.service.app).get("/v1/key").json()
    assert key["algorithm"] == "Ed25519"
    assert len(bytes.fromhex(key["publicKey"])) == 32


def test_metrics_count_routes_and_hold_nothing_else(kit: Kit) -> None:
    admin = first_admin(kit)
    admin.get("/v1/register/abcdef0123?note=secret")
    text = admin.get("/metrics").text
    assert 'route="/v1/register/{version_id}",status="404"} 1' in text
    for secret in ("abcdef0123", "secret", "127.0.0.1", "first.admin"):
        assert secret not in text
