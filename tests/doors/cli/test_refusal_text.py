"""An error on the command line: in Chinese what it means first, in English its detail alone."""

from pathlib import Path

import pytest

from chengnuo.base.errors import ChengnuoError
from chengnuo.base.text import Lang
from chengnuo.doors.cli.refusal_text import refusal_as_text
from chengnuo.doors.cli.root import run
from chengnuo.doors.error_texts import ERRORS
from chengnuo.ports.evidence_log import LogLockedError, NoLogError
from chengnuo.wiring.program import Program


@pytest.mark.parametrize("error", [NoLogError("data"), LogLockedError("4711")])
def test_in_chinese_the_meaning_comes_first_and_the_detail_after(error: ChengnuoError) -> None:
    first, second = refusal_as_text(error, Lang.ZH).splitlines()
    assert first == f"错误 [{error.code}]：{ERRORS[error.code].zh}"
    assert second == f"  详情：{error}"
    assert refusal_as_text(error, Lang.EN) == f"error [{error.code}]: {error}"


def test_an_error_without_words_of_its_own_is_not_given_those_of_another() -> None:
    class NewError(ChengnuoError):
        code = "new"

    text = refusal_as_text(NewError("what happened"), Lang.ZH)
    assert text == "错误 [new]：操作没有完成。\n  详情：what happened"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "错误 [no-evidence-log]：这里没有存证日志。\n  详情：`"),
        ("en", "error [no-evidence-log]: `"),
    ],
)
def test_a_failing_command_says_it_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    command = ["--lang", lang, "evidence", "status", "--data", str(tmp_path / "none")]
    assert run(Program(), command) == 2
    assert capsys.readouterr().err.startswith(said)
