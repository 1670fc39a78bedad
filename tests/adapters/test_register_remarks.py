"""Comment lines above rows: read where they stand, struck without touching anything else."""

from pathlib import Path

import pytest

from chengnuo.adapters.register_editing.folder import FolderEditor
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.adapters.register_remarks import RegisterRemarks
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.reading import LoadedRegister, read_register
from chengnuo.domain.register.row_remark import RowRemark
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.row_remarks import RemarkChangedError

SOUND = Path(__file__).parents[1] / "corpus" / "register" / "sound.yaml"
SERVICES = (
    "services:\r\n"
    "  # 来源：手写\r\n"
    "  # 待补：name、requires：怎么叫\r\n"
    "  - service: extra   # not this one\r\n"
    "    app: {app}\r\n"
    "    name: 附加\r\n"
    "    basic: false\r\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "register"
    made.mkdir()
    (made / "a.yaml").write_bytes(SOUND.read_bytes())
    return made


def load(folder: Path, catalogue: Catalogue) -> LoadedRegister:
    files = RegisterFolder().read(folder)
    return read_register(files.trees, catalogue=catalogue, problems=files.problems)


@pytest.fixture
def extra(folder: Path, catalogue: Catalogue) -> Path:
    app = load(folder, catalogue).register.apps[0].app
    file = folder / "b.yaml"
    file.write_bytes(SERVICES.format(app=app).encode())
    return file


def test_lines_directly_above_a_row_are_its_own(
    folder: Path, extra: Path, catalogue: Catalogue
) -> None:
    above = RegisterRemarks().above(folder, load(folder, catalogue))
    lines = above[RowRef("service", "extra")]
    assert [(one.place.file, one.place.line, one.text) for one in lines] == [
        (extra.name, 2, "来源：手写"),
        (extra.name, 3, "待补：name、requires：怎么叫"),
    ]
    assert [one.asks for one in lines] == [False, True]


def written(folder: Path, old: RowRemark, new: RowRemark | None) -> None:
    FolderEditor().write(folder, RegisterRemarks().rewritten(folder, [(old, new)]))


def test_a_line_is_rewritten_then_struck_and_the_rest_stays_to_the_byte(
    folder: Path, extra: Path, catalogue: Catalogue
) -> None:
    remarks = RegisterRemarks()
    before = extra.read_bytes()
    asks = remarks.above(folder, load(folder, catalogue))[RowRef("service", "extra")][1]
    written(folder, asks, asks.without(frozenset({"name"})))
    assert extra.read_bytes() == before.replace("name、requires".encode(), b"requires")
    left = remarks.above(folder, load(folder, catalogue))[RowRef("service", "extra")][1]
    written(folder, left, left.without(frozenset({"requires"})))
    assert extra.read_bytes() == before.replace(
        "  # 待补：name、requires：怎么叫\r\n".encode(), b""
    )
    assert sorted(one.name for one in folder.iterdir()) == ["a.yaml", "b.yaml"]


def test_a_line_that_was_edited_meanwhile_is_left_alone(
    folder: Path, extra: Path, catalogue: Catalogue
) -> None:
    remarks = RegisterRemarks()
    asks = remarks.above(folder, load(folder, catalogue))[RowRef("service", "extra")][1]
    edited = extra.read_text("utf-8").replace("怎么叫", "怎么称呼")
    extra.write_text(edited, "utf-8")
    with pytest.raises(RemarkChangedError):
        remarks.rewritten(folder, [(asks, None)])
    assert extra.read_text("utf-8") == edited


def test_a_file_that_is_gone_has_no_lines(folder: Path, extra: Path, catalogue: Catalogue) -> None:
    loaded = load(folder, catalogue)
    extra.unlink()
    assert RowRef("service", "extra") not in RegisterRemarks().above(folder, loaded)
