"""`chengnuo incident` and `canary`: on a real data folder, register, database and log."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from tests.doors.cli.incident_shop import accounts, done, lay, opened_incident
from tests.usecases.evidence.tea_log import verified

from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.fields import Value
from chengnuo.doors.cli.root import run
from chengnuo.ports.people_lists import NoPeopleListError
from chengnuo.ports.secrets import SealBrokenError
from chengnuo.wiring.program import Program

Run = Callable[..., tuple[int, str, str]]
SCOPE: Mapping[str, Value] = {
    "stores": ("main",),
    "tables": "main.customers, main.carts",
    "from": "2026-01-01T00:00:00Z",
    "to": "2026-11-01T00:00:00Z",
}
GRADED: Mapping[str, Value] = {
    "grade": "general",
    "activities": ("order-fulfilment",),
    "affected": 60,
    "minors": True,
    "cause": "备份密钥外泄",
    "harm": "骚扰电话",
}
HELPS: Mapping[str, Value] = {
    "kinds": "手机号码、收货地址",
    "advice": "警惕冒充客服的电话",
    "contact": "400-000-0000",
}


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return lay(tmp_path_factory.mktemp("incident"))


@pytest.fixture
def shop(
    laid: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, Path]:
    """A copy of the data folder, and the database, which the environment names."""
    data, database = laid
    monkeypatch.setenv("SHOP_DB", f"sqlite:///{database}")
    return Path(shutil.copytree(data, tmp_path / "data")), database


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Run:
    def one(*arguments: str | Path, lang: str = "en") -> tuple[int, str, str]:
        status = run(Program(), ["--lang", lang, *map(str, arguments)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return one


def activity(data: Path) -> str:
    with Program().incidents(data, None, writing=False) as room:
        return room.desk.known("activities")[0]


def test_people_are_counted_as_a_plain_statement_counts_them(
    ran: Run, shop: tuple[Path, Path]
) -> None:
    data, database = shop
    incident = opened_incident(data)
    done(data, incident, "set-scope", SCOPE)
    status, out, _ = ran("incident", "affected", incident, "--data", data, "--json")
    found = json.loads(out)
    there = set(accounts(database)) | set(accounts(database, "carts"))
    assert status == 0
    assert (found["atLeast"], found["atMost"]) == (len(there), len(there))
    assert sum(found["bands"].values()) == len(there)
    assert found["sensitive"] in {True, False}
    assert not any(one in out for one in there if len(one) > 3)
    with Program().incidents(data, None, writing=False) as room:
        act = room.desk.store.one(DossierId(incident)).acts[-1]  # type: ignore[union-attr]
    assert (act.what, act.fields["at-least"]) == ("count-affected", len(there))
    assert act.position is not None


def test_whoever_came_after_the_period_does_not_count(ran: Run, shop: tuple[Path, Path]) -> None:
    data, database = shop
    with sqlite3.connect(database) as opened:
        instants = sorted(one for (one,) in opened.execute("SELECT registered_at FROM customers"))
    middle = str(instants[len(instants) // 2])[:10]
    incident = opened_incident(data)
    until = f"{middle}T00:00:00Z"
    said = {**SCOPE, "tables": "main.customers", "from": "2000-01-01T00:00:00Z", "to": until}
    done(data, incident, "set-scope", said)
    _, out, _ = ran("incident", "affected", incident, "--data", data, "--json")
    with sqlite3.connect(database) as opened:
        ((expected,),) = opened.execute(
            "SELECT count(*) FROM customers WHERE registered_at <= ?", (f"{middle} 00:00:00",)
        )
    assert json.loads(out)["atLeast"] == expected > 0


def test_a_store_that_is_down_leaves_no_figure_above(
    ran: Run, shop: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    data, _ = shop
    incident = opened_incident(data)
    done(data, incident, "set-scope", SCOPE)
    monkeypatch.setenv("SHOP_DB", "sqlite:////nowhere/at/all.db")
    status, out, _ = ran("incident", "affected", incident, "--data", data)
    assert status == 4
    assert "at most ?" in out
    status, out, _ = ran("incident", "affected", incident, "--data", data, lang="zh")
    assert "至多 ?" in out


def test_without_scope_nobody_is_counted(ran: Run, shop: tuple[Path, Path]) -> None:
    data, _ = shop
    status, _, err = ran("incident", "affected", opened_incident(data), "--data", data)
    assert (status, "incident-no-scope" in err) == (2, True), err


def test_those_to_tell_are_found_among_ones_own_and_a_drill_tells_nobody(
    ran: Run, shop: tuple[Path, Path], tmp_path: Path
) -> None:
    data, database = shop
    some = accounts(database)[:3]
    mine = tmp_path / "accounts.txt"
    mine.write_text("\n".join([*some, "nobody-of-ours"]), encoding="utf-8")
    asked = ("--reason", "个人信息保护法第五十七条", "--data", data)
    for drill in (False, True):
        incident = opened_incident(data, drill=drill)
        done(data, incident, "set-scope", SCOPE)
        ran("incident", "affected", incident, "--data", data)
        status, out, err = ran("incident", "people", incident, "--among", mine, *asked)
        if drill:
            assert (status, "drill-sends-nothing" in err) == (2, True), err
        else:
            assert (status, out.split()) == (0, some)
            _, out, _ = ran("incident", "people", incident, *asked, "--json")
            assert json.loads(out)["count"] == len(accounts(database))


def test_a_letter_says_what_is_missing_and_then_everything(
    ran: Run, shop: tuple[Path, Path], tmp_path: Path
) -> None:
    data, _ = shop
    incident = opened_incident(data)
    out = tmp_path / "letter.md"
    graded = {**GRADED, "activities": (activity(data),)}
    asked = ("incident", "letter", incident, "--format", "markdown", "-o", out, "--data", data)
    status, _, err = ran(*asked, "--to", "people", lang="zh")
    assert (status, "letter-incomplete" in err) == (2, True)
    assert "个人可以采取的减害措施" in err
    done(data, incident, "grade", graded)
    done(data, incident, "contain", {"done-at": "2026-03-01T03:00:00Z", "measures": "换了密钥"})
    done(data, incident, "say-what-helps", HELPS)
    status, said, _ = ran(*asked, "--to", "people", "--json", lang="zh")
    text = out.read_text("utf-8")
    assert status == 0
    assert json.loads(said)["sha256"] == sha256(out.read_bytes()).hexdigest()
    for item in ("手机号码", "备份密钥外泄", "骚扰电话", "换了密钥", "警惕冒充", "400"):
        assert item in text
    assert "演练" not in text
    for kind in ("authority", "minor", "guardian"):
        status, _, err = ran(*asked, "--force", "--to", kind)
        assert status == 0, err
    for kind, missing in (("supplement", "the first report"), ("final", "End of handling")):
        status, _, err = ran(*asked, "--force", "--to", kind)
        assert (status, missing in err) == (2, True), err


def test_a_letter_of_a_drill_says_so(ran: Run, shop: tuple[Path, Path], tmp_path: Path) -> None:
    data, _ = shop
    incident = opened_incident(data, drill=True)
    done(data, incident, "grade", {**GRADED, "activities": (activity(data),)})
    done(data, incident, "contain", {"done-at": "2026-03-01T03:00:00Z", "measures": "换了密钥"})
    done(data, incident, "say-what-helps", HELPS)
    for lang, word in (("zh", "【演练】"), ("en", "[DRILL]")):
        out = tmp_path / f"letter.{lang}.html"
        status, _, err = ran(
            "incident",
            "letter",
            incident,
            "--to",
            "authority",
            "-o",
            out,
            "--data",
            data,
            lang=lang,
        )
        assert status == 0, err
        assert word in out.read_text("utf-8")


@pytest.mark.parametrize(
    ("kind", "own"),
    [("phone", ""), ("phone", "1701234"), ("email", "mail.example.com"), ("address", "示例路1号")],
)
def test_a_canary_names_its_channel(
    ran: Run, shop: tuple[Path, Path], tmp_path: Path, kind: str, own: str
) -> None:
    data, _ = shop
    with Program().incidents(data, None, writing=False) as room:
        first, second = room.desk.known("recipients")[:2]
    options = ("--kind", kind, "--own", own, "--data", data)
    values = [
        ran("canary", "make", "--recipient", one, *options)[1].strip() for one in (first, second)
    ]
    assert len(set(values)) == 2
    proof = tmp_path / "proof.json"
    for recipient, value in zip((first, second), values, strict=True):
        status, out, _ = ran(
            "canary",
            "which",
            f" {value.upper()} ",
            "--data",
            data,
            "--json",
            "--out",
            proof,
            "--force",
        )
        (met,) = json.loads(out)["met"]
        assert (status, met["recipient"]) == (1, recipient)
        opened = sha256(f"{met['opening']}:{value}".encode()).hexdigest()
        assert met["commitment"] == opened
        assert opened in proof.read_text("utf-8")
        assert value not in proof.read_text("utf-8")
        assert verified(proof)[0] == 0
    assert ran("canary", "which", "nobody@example.org", "--data", data)[0] == 0


def test_no_canary_stands_in_the_log_or_the_database_in_clear(
    ran: Run, shop: tuple[Path, Path]
) -> None:
    data, _ = shop
    with Program().incidents(data, None, writing=False) as room:
        recipient = room.desk.known("recipients")[0]
    made = ("canary", "make", "--recipient", recipient, "--kind", "email", "--own", "m.example.com")
    value = ran(*made, "--data", data)[1].strip().encode()
    files = [one for one in data.rglob("*") if one.is_file()]
    assert [one.name for one in files if value in one.read_bytes()] == []


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        ("email", ""),
        ("email", "no domain"),
        ("phone", "99"),
        ("phone", "13800138000"),
        ("address", " "),
    ],
)
def test_a_canary_needs_what_is_ones_own(
    ran: Run, shop: tuple[Path, Path], kind: str, own: str
) -> None:
    data, _ = shop
    made = ("canary", "make", "--recipient", "amap-location", "--kind", kind, "--own", own)
    status, _, err = ran(*made, "--data", data)
    assert (status, "canary-base" in err) == (2, True), err


def test_lists_are_sealed_and_go_when_their_incident_is_over(
    ran: Run, shop: tuple[Path, Path]
) -> None:
    data, _ = shop
    incident = opened_incident(data)
    done(data, incident, "set-scope", SCOPE)
    ran("incident", "affected", incident, "--data", data)
    with Program().incidents(data, None, writing=True) as room:
        lists, people = room.affected.lists, room.affected.people(DossierId(incident))
        kept = [one.read_bytes() for one in (data / "incidents").iterdir()]
        assert kept
        assert not any(one in file for one in people for file in kept)
        here = DossierId(incident)
        few = lists.keep(here, sorted(people)[:1])
        last = str(room.desk.store.one(here).acts[-1].fields["people"])  # type: ignore[union-attr]
        folder = data / "incidents"
        (folder / f"{here}.{few[:16]}.people").replace(folder / f"{here}.{last[:16]}.people")
        with pytest.raises(SealBrokenError):  # a shorter list is not taken for the last one
            lists.read(here, last)
        gone = DossierId("in-zzzzzzzzzz")
        lists.keep(gone, people)
        assert room.affected.erase_over() == 1
        assert lists.dossiers() == {incident}
        with pytest.raises(NoPeopleListError):
            lists.read(gone, "0" * 64)


def test_a_blank_is_no_canary_even_when_values_are_gone(ran: Run, shop: tuple[Path, Path]) -> None:
    data, _ = shop
    with Program().incidents(data, None, writing=False) as room:
        recipient = room.desk.known("recipients")[0]
    made = ("canary", "make", "--recipient", recipient, "--kind", "name", "--reason", "查渠道")
    ran(*made, "--data", data)
    with Program().incidents(data, None, writing=True) as room:
        (canary,) = room.desk.store.every(["canary"], limit=9)
        assert canary.value("reason") == "查渠道"
        room.desk.store.erase([canary.id])
    for blank in (" ", "None", "-"):
        assert ran("canary", "which", blank, "--data", data)[0] == 0
