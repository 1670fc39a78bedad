"""A folder of files to a register: each broken one in the corpus gives the problem it names."""

import re
from pathlib import Path

import pytest

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.register_folder import MAX_FILE_BYTES, RegisterFolder
from chengnuo.domain.register.problems import Problem, ProblemCode, RegisterRefusedError
from chengnuo.law.catalogue import Catalogue
from chengnuo.usecases.registers import Registers

CORPUS = Path(__file__).parent.parent / "corpus" / "register"
EXPECTED = re.compile(rb"# expected: (?:(?P<code>[a-z0-9-]+) at line (?P<line>\d+)|nothing)")


def problems_of(folder: Path, catalogue: Catalogue) -> tuple[Problem, ...]:
    registers = Registers(source=RegisterFolder(), catalogue=catalogue, clock=SystemClock())
    try:
        registers.load(folder)
    except RegisterRefusedError as refusal:
        return refusal.problems
    return ()


@pytest.mark.parametrize(
    "file", [pytest.param(file, id=file.stem) for file in sorted(CORPUS.glob("*.yaml"))]
)
def test_a_broken_register_gives_the_problem_that_it_names(
    file: Path, catalogue: Catalogue
) -> None:
    expected = EXPECTED.match(file.read_bytes())
    assert expected is not None
    found = [(one.code.value, one.place.line) for one in problems_of(file, catalogue)]
    if expected["code"] is None:
        assert found == []
    else:
        assert found == [(expected["code"].decode(), int(expected["line"]))]


def test_a_file_over_the_limit_is_refused_before_it_is_opened(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as sparse:
        sparse.truncate(200 * 1024**2)
    (problem,) = [one for one in problems_of(tmp_path, catalogue) if one.place.file == huge.name]
    assert (problem.code, problem.given) == (ProblemCode.TOO_LARGE, "200 MB")
    assert str(MAX_FILE_BYTES // 1024**2) in problem.expected.zh


def test_a_folder_without_a_register_says_so(tmp_path: Path, catalogue: Catalogue) -> None:
    (problem, *_) = problems_of(tmp_path, catalogue)
    assert problem.code is ProblemCode.NO_REGISTER
    (problem, *_) = problems_of(tmp_path / "gone", catalogue)
    assert problem.code is ProblemCode.NO_REGISTER


def test_hidden_files_and_other_files_are_left_alone(tmp_path: Path, catalogue: Catalogue) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.yaml").write_text("not: a register", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a register", encoding="utf-8")
    (tmp_path / "sound.yml").write_bytes((CORPUS / "sound.yaml").read_bytes())
    assert problems_of(tmp_path, catalogue) == ()


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path, catalogue: Catalogue) -> None:
    (tmp_path / "sound.yaml").write_bytes((CORPUS / "sound.yaml").read_bytes())
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere")
    found = problems_of(tmp_path, catalogue)
    assert [(one.code, one.place.file) for one in found] == [(ProblemCode.UNREADABLE, "gone.yaml")]
