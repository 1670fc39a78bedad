"""`chengnuo text`: values are found and masked, and never printed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from chengnuo.adapters import lac_words
from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

Chengnuo = Callable[..., tuple[int, str, str]]
# Made up.
ID, MOBILE = "11010519491231002X", "13812345678"
LINES = f"客户的身份证号{ID}，电话{MOBILE}\n第二行没有\nip=61.14.242.211\n"


@pytest.fixture
def chengnuo(capsys: pytest.CaptureFixture[str]) -> Chengnuo:
    """Return a function that runs one command line and gives status, stdout and stderr."""

    def call(*arguments: str) -> tuple[int, str, str]:
        status = run(Program(), arguments)
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Return a file of three lines with three values."""
    file = tmp_path / "app.log"
    file.write_text(LINES, encoding="utf-8")
    return file


def test_each_value_is_told_with_its_place_and_never_itself(chengnuo: Chengnuo, log: Path) -> None:
    status, out, err = chengnuo("text", "find", str(log))
    assert status == 1
    assert [line.split("  ")[0] for line in out.splitlines()] == [
        f"{log}:1:8",
        f"{log}:1:29",
        f"{log}:3:4",
    ]
    assert "居民身份证号码  1****************X  校验位正确" in out
    assert "共 3 处：" in err
    for value in (ID, MOBILE, "61.14.242.211"):
        assert value not in out + err


def test_english(chengnuo: Chengnuo, log: Path) -> None:
    _, out, err = chengnuo("--lang", "en", "text", "find", str(log))
    assert "mobile number  138****5678  named beside" in out
    assert "3 found: " in err


def test_json_lines(chengnuo: Chengnuo, log: Path) -> None:
    status, out, err = chengnuo("text", "find", "--json", str(log))
    rows = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (1, "")
    assert [row["kind"] for row in rows] == ["resident_id", "mobile", "ipv4"]
    assert rows[0] == {
        "file": str(log),
        "line": 1,
        "column": 8,
        "length": 18,
        "kind": "resident_id",
        "category": "PI-ID-NUMBER",
        "sensitive": False,
        "evidence": "checksum",
        "shown": "1****************X",
    }


def test_nothing_found(chengnuo: Chengnuo, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("这里什么都没有", encoding="utf-8")
    assert chengnuo("text", "find", str(tmp_path / "a.txt")) == (0, "", "没有找到个人信息。\n")


def test_a_masked_file_has_nothing_to_find(chengnuo: Chengnuo, log: Path, tmp_path: Path) -> None:
    masked = tmp_path / "masked.log"
    status, out, err = chengnuo("text", "mask", str(log), "-o", str(masked))
    assert (status, out) == (0, "")
    assert "已脱敏 3 处：" in err
    assert masked.read_text(encoding="utf-8").splitlines()[1] == "第二行没有"
    assert chengnuo("text", "find", str(masked))[0] == 0
    assert chengnuo("text", "mask", str(log), "-o", str(masked))[0] == 2
    again = chengnuo("text", "mask", str(log), "-o", str(masked), "--force", "--json")
    assert again[:2] == (0, "")
    assert json.loads(again[2]) == {"masked": {"resident_id": 1, "mobile": 1, "ipv4": 1}}


def test_names_under_a_key(chengnuo: Chengnuo, log: Path, tmp_path: Path) -> None:
    key = tmp_path / "mask.key"
    key.write_bytes(bytes(range(32)))
    _, first, _ = chengnuo("text", "mask", str(log), "--style", "named", "--key", str(key))
    _, again, _ = chengnuo("text", "mask", str(log), "--style", "named", "--key", str(key))
    assert first == again
    assert "[resident_id*" in first
    assert ID not in first


def test_a_key_is_asked_for(chengnuo: Chengnuo, log: Path, tmp_path: Path) -> None:
    status, _, err = chengnuo("text", "mask", str(log), "--style", "made-up")
    assert status == 2
    assert "mask-key" in err
    (tmp_path / "short.key").write_bytes(b"short")
    short = str(tmp_path / "short.key")
    assert chengnuo("text", "mask", str(log), "--style", "named", "--key", short)[0] == 2


def test_what_is_no_text(chengnuo: Chengnuo, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"\0\1\2")
    status, _, err = chengnuo("text", "find", str(tmp_path / "a.bin"))
    assert status == 2
    assert "not-text" in err
    out = tmp_path / "out.txt"
    assert chengnuo("text", "mask", str(tmp_path / "a.bin"), "-o", str(out))[0] == 2
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


@pytest.fixture
def key(tmp_path: Path) -> Path:
    file = tmp_path / "mask.key"
    file.write_bytes(b"k" * 32)
    return file


@pytest.fixture
def masked(chengnuo: Chengnuo, log: Path, key: Path) -> Path:
    """Return the masked file; its vault lies beside it."""
    file, vault = log.with_name("masked.log"), log.with_name("names.vault")
    arguments = ("--key", str(key), "--vault", str(vault), "-o", str(file))
    status, _, _ = chengnuo("text", "mask", str(log), *arguments)
    assert status == 0
    assert MOBILE not in file.read_text(encoding="utf-8")
    return file


def unmasked(chengnuo: Chengnuo, masked: Path, *more: str) -> tuple[int, str, str]:
    vault, key = masked.with_name("names.vault"), masked.with_name("mask.key")
    return chengnuo("text", "unmask", str(masked), "--vault", str(vault), "--key", str(key), *more)


def test_what_was_masked_is_restored(chengnuo: Chengnuo, masked: Path) -> None:
    status, out, err = unmasked(chengnuo, masked)
    assert (status, out) == (0, LINES)
    assert err == "已还原 3 处；0 处在保管文件中没有原值。\n"
    back = masked.with_name("back.log")
    status, out, err = unmasked(chengnuo, masked, "-o", str(back), "--json")
    assert (status, out) == (0, "")
    assert back.read_text(encoding="utf-8") == LINES
    assert json.loads(err) == {"restored": 3, "unknown": 0}


def test_what_was_forgotten_stays_a_name(chengnuo: Chengnuo, masked: Path) -> None:
    vault, key = masked.with_name("names.vault"), masked.with_name("mask.key")
    where = ("--vault", str(vault), "--key", str(key))
    status, out, _ = chengnuo("text", "forget", *where, "--before", "2026-01-01")
    assert (status, out) == (0, "已销毁 0 个原值，余 3 个。\n")
    status, out, _ = chengnuo("text", "forget", *where, "--before", "2100-01-01", "--json")
    assert (status, json.loads(out)) == (0, {"destroyed": 3, "left": 0})
    status, out, err = unmasked(chengnuo, masked)
    assert (status, out) == (1, masked.read_text(encoding="utf-8"))
    assert err.startswith("已还原 0 处；3 处")


def test_another_key_restores_nothing(chengnuo: Chengnuo, masked: Path) -> None:
    masked.with_name("mask.key").write_bytes(b"q" * 32)
    status, out, err = unmasked(chengnuo, masked)
    assert (status, out) == (2, "")
    assert "not-a-mask-vault" in err


def test_a_vault_takes_a_key_and_names(
    chengnuo: Chengnuo,
    log: Path,
    key: Path,
) -> None:
    vault = log.with_name("names.vault")
    status, out, err = chengnuo("text", "mask", str(log), "--vault", str(vault))
    assert (status, out) == (2, "")
    assert "mask-key" in err
    other = ("--vault", str(vault), "--key", str(key), "--style", "made-up")
    status, out, err = chengnuo("text", "mask", str(log), *other)
    assert (status, out) == (2, "")
    assert "--vault" in err
    assert not vault.exists()


def test_names_and_addresses_are_found_and_masked(chengnuo: Chengnuo, tmp_path: Path) -> None:
    file = tmp_path / "orders.txt"
    file.write_text(
        "收货人：张思远，浙江省杭州市西湖区文一西路588号\n患者李小明，确诊2型糖尿病\n",
        encoding="utf-8",
    )
    _, out, _ = chengnuo("text", "find", "--json", str(file))
    rows = [json.loads(line) for line in out.splitlines()]
    assert [(row["kind"], row["shown"], row["sensitive"]) for row in rows] == [
        ("name", "张**", False),
        ("address", "浙江省杭州市西湖区********", False),
        ("name", "李**", False),
        ("health", "*****", True),
    ]
    _, out, _ = chengnuo("text", "mask", str(file))
    assert out == "收货人：张**，浙江省杭州市西湖区********\n患者李**，确诊*****\n"


def test_a_kind_may_be_treated_as_sensitive(chengnuo: Chengnuo, log: Path) -> None:
    _, out, _ = chengnuo("text", "find", "--sensitive", "mobile", "--json", str(log))
    said = {row["kind"]: row["sensitive"] for row in map(json.loads, out.splitlines())}
    assert said["mobile"]
    assert not said["ipv4"]


def test_the_deep_search_says_when_its_extra_is_missing(
    chengnuo: Chengnuo, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lac_words, "find_spec", lambda _name: None)
    status, out, err = chengnuo("text", "find", "--deep", str(log))
    assert status == 3
    assert out == ""
    assert "chengnuo[ner]" in err


@pytest.mark.real
def test_the_deep_search_finds_what_the_fast_one_finds(chengnuo: Chengnuo, log: Path) -> None:
    fast = chengnuo("text", "find", str(log))
    assert chengnuo("text", "find", "--deep", str(log)) == fast
