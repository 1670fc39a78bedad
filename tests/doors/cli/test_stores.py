"""`chengnuo stores scan`: what it prints, writes and returns, and that no value is in any of it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.adapters.connectors.sql_stands import SqliteStand
from tests.doors.service_kit import start
from tests.usecases.stores.planted_shop import plant, planted_folder, secrets

from chengnuo.doors.cli.root import run
from chengnuo.doors.stores_report_form import read_stores_report
from chengnuo.wiring.program import Program

Ran = Callable[..., tuple[int, str, str]]


@pytest.fixture
def scan(capsys: pytest.CaptureFixture[str]) -> Ran:
    """Runs the command and returns its status, stdout and stderr."""

    def one(*arguments: str | Path, lang: str = "zh") -> tuple[int, str, str]:
        status = run(Program(), ["--lang", lang, "stores", "scan", *map(str, arguments)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return one


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A register folder, and the file of connections to the planted store."""
    into = tmp_path_factory.mktemp("planted")
    stand = SqliteStand(into)
    plant(stand)
    connections = into / "connections.toml"
    connections.write_text(f'PLANTED_DB = "{stand.url.render_as_string(hide_password=False)}"\n')
    return planted_folder(into, "sqlite"), connections


def test_findings_are_told_and_no_value_is(
    scan: Ran, shop: tuple[Path, Path], tmp_path: Path
) -> None:
    folder, connections = shop
    out = tmp_path / "report.json"
    options = ("--register", folder, "--connections", connections, "--store", "planted")
    status, text, talk = scan(*options, "--whole", "-o", out)
    assert status == 1
    assert "store-holds-undeclared" in text
    assert "最早的行是 2020-01-01" in text
    assert "查看 planted.members" in talk
    written = out.read_bytes()
    assert json.loads(written)["form"] == 1
    assert read_stores_report(written).seen.stores[0].store == "planted"
    everything = f"{text}{talk}{written.decode()}"
    assert [one for one in secrets() if one in everything] == []

    status, text, _ = scan(*options, "--json", "--no-examples", lang="en")
    assert status == 1
    columns = [
        column
        for store in json.loads(text)["stores"]
        for table in store["tables"]
        for column in table["columns"]
    ]
    assert columns
    assert not any(one["examples"] for one in columns)


def test_a_store_without_connection_is_not_finished(
    scan: Ran, shop: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, connections = shop
    monkeypatch.delenv("SHOP_UPLOADS", raising=False)
    options = ("--register", folder, "--connections", connections)
    status, text, _ = scan(*options, "--store", "uploads", lang="en")
    assert status == 3
    assert "SHOP_UPLOADS" in text
    assert "nothing has to be mended" in text


def test_a_store_that_the_register_does_not_name_is_wrong_usage(
    scan: Ran, shop: tuple[Path, Path]
) -> None:
    status, _, talk = scan("--register", shop[0], "--store", "nowhere")
    assert status == 2
    assert "登记簿中没有这个存储" in talk


@pytest.mark.slow
def test_the_register_in_force_is_the_one_of_the_data_folder(
    scan: Ran, shop: tuple[Path, Path], tmp_path: Path
) -> None:
    folder, connections = shop
    data = tmp_path / "data"
    start(data, register=str(folder)).service.close()
    asked = ("--data", data, "--connections", connections, "--store", "planted", "--json")
    status, of_data, _ = scan(*asked)
    assert status == 1
    _, of_folder, _ = scan("--register", folder, *asked[2:])
    assert json.loads(of_data) == json.loads(of_folder)
    status, _, talk = scan("--data", tmp_path / "none", lang="en")
    assert status == 2
    assert "no-evidence-log" in talk
