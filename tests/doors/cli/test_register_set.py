"""`chengnuo register set`: what it shows, what it writes, and what it refuses."""

import json
import shutil
from pathlib import Path

import pytest

from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

SHOP = Path(__file__).parents[3] / "examples" / "shop" / "register"
KEEP = "activity.nearby-stores.retention.keep=P15D"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "register"
    shutil.copytree(SHOP, made)
    return made


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        one.relative_to(folder).as_posix(): one.read_bytes()
        for one in folder.rglob("*")
        if one.is_file()
    }


def test_what_follows_is_shown_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files_in(folder)
    assert run(Program(), ["register", "set", str(folder), KEEP]) == 0
    printed = capsys.readouterr()
    for said in (
        "需重新同意：nearby-stores/general",
        "+  keep: P15D",
        "隐私政策",
        "会变的决策回答",
    ):
        assert said in printed.out, said
    assert "没有写入" in printed.err
    assert files_in(folder) == before


def test_several_values_are_written_at_once_and_nothing_else(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files_in(folder)
    words = [KEEP, "recipient.sentry.name.zh=哨兵", "activity.nearby-stores.recipients=sentry"]
    assert run(Program(), ["register", "set", str(folder), *words, "--write", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    one, other = "activities/nearby-stores.yaml", "recipients/sentry.yaml"
    assert (said["written"], said["files"]) == (True, [one, other])
    now = files_in(folder)
    assert {name for name in now if now[name] != before[name]} == {one, other}
    assert now[one] == before[one].replace(b"keep: P30D", b"keep: P15D").replace(
        b"recipients: [amap-location]", b"recipients: [sentry]"
    )
    assert now[other] == before[other].replace(b"zh: Sentry", "zh: 哨兵".encode(), 1)
    run(Program(), ["register", "set", str(folder), KEEP, "--json"])
    assert json.loads(capsys.readouterr().out)["files"] == []


@pytest.mark.parametrize(
    "value",
    [
        "activity.nobody.retention.keep=P15D",
        "nothing.nearby-stores.retention.keep=P15D",
        "activity.nearby-stores.retention.keeps=P15D",
        "activity.nearby-stores.items[99].necessary=true",
        "activity.nearby-stores.retention[0]=P15D",
        "activity.nearby-stores=P15D",
        "retention.keep",
        "",
    ],
)
def test_what_is_no_field_is_refused(
    folder: Path, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files_in(folder)
    assert run(Program(), ["register", "set", str(folder), value, "--write"]) == 2
    assert "register-no-such-field" in capsys.readouterr().err
    assert files_in(folder) == before


@pytest.mark.parametrize(
    "value",
    [
        "activity.nearby-stores.retention.keep=soon",
        "activity.nearby-stores.retention.keep=",
        "activity.nearby-stores.recipients=nobody",
        "activity.nearby-stores.items[0]={",
        "activity.nearby-stores.background=perhaps",
    ],
)
def test_what_would_be_no_register_is_not_written(folder: Path, value: str) -> None:
    before = files_in(folder)
    assert run(Program(), ["register", "set", str(folder), KEEP, value, "--write"]) == 2
    assert files_in(folder) == before


def test_an_empty_value_leaves_a_field_out_and_parts_are_json(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [
        "activity.nearby-stores.retention.why.en=",
        'activity.nearby-stores.scene={"zh": "打开门店页", "en": "Opening stores"}',
    ]
    assert run(Program(), ["register", "set", str(folder), *words, "--write"]) == 0
    text = (folder / "activities/nearby-stores.yaml").read_text("utf-8")
    assert "打开门店页" in text
    assert "Thirty days are enough" not in text
    assert run(Program(), ["register", "check", str(folder)]) in {0, 1}
    capsys.readouterr()
