"""Drafting a register into a folder: what is written loads again, or nothing is written."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from tests.packages import kit

from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.adapters.register_writer import RegisterWriter
from chengnuo.base.text import Lang
from chengnuo.domain.finding.check import check
from chengnuo.domain.inspection.inspecting import inspect
from chengnuo.domain.observation.inspection import Inspection
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.listing import Listing
from chengnuo.domain.observation.observation import Place
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.reading import read_register
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.register_target import FolderNotEmptyError
from chengnuo.usecases.inspection.drafting import Drafting, NotAnAppError

ON = date(2026, 11, 29)
_SOME = tuple(name for name in kit.names() if name.startswith(("sdk-", "box-", "covert", "face")))


@dataclass
class Inspector:
    """Inspects in this process, and notes what."""

    knowledge: Knowledge
    asked: list[str] = field(default_factory=list)

    def inspect(self, path: Path, tell: Callable[[str], None]) -> Inspection:
        self.asked.append(path.name)
        tell("open")
        content = path.read_bytes()
        return inspect(content, self.knowledge, sha256=hashlib.sha256(content).hexdigest())

    def listings(
        self, path: Path, places: Sequence[Place], tell: Callable[[str], None]
    ) -> tuple[Listing, ...]:
        raise AssertionError(path, places, tell)


@pytest.fixture
def inspector(knowledge: Knowledge) -> Inspector:
    return Inspector(knowledge)


@pytest.fixture
def drafting(inspector: Inspector, knowledge: Knowledge, catalogue: Catalogue) -> Drafting:
    return Drafting(
        inspector=inspector, knowledge=knowledge, law=catalogue, target=RegisterWriter()
    )


def _loaded(folder: Path, catalogue: Catalogue) -> Register:
    files = RegisterFolder().read(folder)
    return read_register(files.trees, catalogue=catalogue, problems=files.problems).register


def _holds_together(name: str, drafting: Drafting, folder: Path) -> None:
    package = kit.built(name)
    if package.suffix in {".aar", ".jar"}:
        with pytest.raises(NotAnAppError):
            drafting.draft(package, folder, lang=Lang.ZH, tell=lambda _: None)
        assert not folder.exists()
        return
    written = drafting.draft(package, folder, lang=Lang.ZH, tell=lambda _: None)
    found = _loaded(folder, drafting.law)
    assert found == written.draft.register
    assert check(found, drafting.law, ON).findings


@pytest.mark.parametrize("name", ["whole-bad-shop", "whole-model-app", *_SOME[::3]])
def test_a_draft_loads_as_it_was_drafted(name: str, drafting: Drafting, tmp_path: Path) -> None:
    _holds_together(name, drafting, tmp_path / "register")


@pytest.mark.slow
@pytest.mark.parametrize("name", kit.names())
def test_the_draft_of_every_sample_loads(name: str, drafting: Drafting, tmp_path: Path) -> None:
    _holds_together(name, drafting, tmp_path / "register")


def test_the_bytes_are_the_same_each_time_and_remarks_speak_the_language_asked_for(
    drafting: Drafting, tmp_path: Path
) -> None:
    package = kit.built("whole-bad-shop")
    texts = []
    for number, lang in enumerate((Lang.EN, Lang.EN, Lang.ZH)):
        folder = tmp_path / str(number)
        written = drafting.draft(package, folder, lang=lang, tell=lambda _: None)
        texts.append({name: (folder / name).read_text("utf-8") for name in written.files})
    assert texts[0] == texts[1]
    recipient = Path("recipients/jpush.yaml")
    remarks = [line for line in texts[0][recipient].splitlines() if line.startswith("#")]
    assert len(remarks) > 5
    assert all(line.startswith(("# from: ", "# to be completed: ")) for line in remarks)
    assert "# 来源：" in texts[2][recipient]


def test_a_folder_that_holds_something_is_refused_before_the_package_is_looked_at(
    drafting: Drafting, inspector: Inspector, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(FolderNotEmptyError):
        drafting.draft(kit.built("whole-bad-shop"), tmp_path, lang=Lang.ZH, tell=lambda _: None)
    assert inspector.asked == []
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
