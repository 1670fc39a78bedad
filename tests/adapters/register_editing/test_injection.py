"""What is typed into a field stays the text of that field, whatever YAML would make of it."""

from pathlib import Path

import pytest
from tests.adapters.register_editing.test_all_or_none import row
from tests.adapters.register_editing.test_any_hand import said_in

from chengnuo.adapters.register_editing.folder import FolderEditor
from chengnuo.domain.register.kinds import RowRef
from chengnuo.ports.register_editing import RowNotEditableError

EDITOR = FolderEditor()
MAIN, OTHER, NEW = (RowRef("store", one) for one in ("main", "other", "new"))
HANDS = {
    "plain": "store: {id}\nname: 旧\nkind: sqlite\nconnection: MAIN_DB\nregion: 上海\n"
    "operated_by: ours\n# 末行\n",
    "quoted": "store: '{id}'\nname: '旧'\nkind: 'sqlite'\nconnection: 'MAIN_DB'\n"
    "region: '上海'\noperated_by: 'ours'\n",
    "double": 'store: "{id}"\nname: "旧" # 名\nkind: "sqlite"\nconnection: "MAIN_DB"\n'
    'region: "上海"\noperated_by: "ours"\n',
    "folded": "store: {id}\nname: >-\n  旧\n  名\nkind: sqlite\nconnection: MAIN_DB\nregion: |-\n"
    "  上海\noperated_by: ours\n",
    "flow": "{{store: {id}, name: 旧, kind: sqlite, connection: MAIN_DB, region: 上海,\n"
    "  operated_by: ours}}\n",
}
HOSTILE = (
    "&锚 x",
    "*锚",
    "<<: *锚",
    "!!python/object/apply:os.system [id]",
    "!tag x",
    "---\nstore: evil",
    "...\n---\nstore: evil",
    "x\nstore: evil",
    "x\noperated_by: someone",
    "旧\n# 注",
    "# 注",
    "x # 注",
    "a\tb",
    "%YAML 1.1",
    "%TAG ! tag:evil,2026:",
    "? a\n: b",
    "a: {b: [c",
    "]}",
    "', kind: 'evil",
    '", kind: "evil',
    "\\x41\\u0041\\",
    "\ud7ff\ue000\U0010ffff"[1:2] + "私",
    "👨\u200d👩\u200d👧",
    "null",
    "~",
    "yes",
    "0x1F",
    "1e3",
    "2026-01-01",
    "=",
    "<",
    "${HOME} {{ 7*7 }} $(id)",
    "长" * 50_000,
    "x " * 20_000 + "x",
)
REFUSED = (
    "\t制表",
    "末 ",
    "\u2028行\u2029段\u0085次",
    "\u202e反\u2066写",
    "\ufeff头",
    "a\x00b",
    "a\u200bb",
)
"""What no register may say: it is not written in any way."""


@pytest.fixture(params=[("\n", ""), ("\r\n", "\ufeff")], ids=["plain", "BOM and CRLF"])
def style(request: pytest.FixtureRequest) -> tuple[str, str]:
    found: tuple[str, str] = request.param
    return found


@pytest.mark.parametrize("hand", HANDS)
def test_hostile_words_stay_in_their_field(
    tmp_path: Path, hand: str, style: tuple[str, str]
) -> None:
    newline, bom = style
    (tmp_path / "stores").mkdir()
    for name in ("main", "other"):
        text = bom + HANDS[hand].format(id=name).replace("\n", newline)
        (tmp_path / "stores" / f"{name}.yaml").write_bytes(text.encode())
    before = said_in(tmp_path)
    for words in HOSTILE:
        shall = before | {
            MAIN: {**row("main", words), "region": "上海"},
            NEW: {**row("new", words), "region": words},
        }
        edits = EDITOR.edit(tmp_path, {MAIN: shall[MAIN], NEW: shall[NEW]})
        EDITOR.write(tmp_path, edits)
        assert said_in(tmp_path) == shall, words[:40]
        assert [one.name for one in edits] == ["stores/main.yaml", "stores/new.yaml"], words[:40]
        after = (tmp_path / "stores/main.yaml").read_bytes()
        assert after.startswith(bom.encode())
        assert after.count("\ufeff".encode()) == len(bom)
        if newline == "\r\n":
            assert b"\n" not in after.replace(b"\r\n", b"")
        assert ("# 末行" in after.decode()) == (hand == "plain")
        (tmp_path / "stores/new.yaml").unlink()


@pytest.mark.parametrize("hand", HANDS)
def test_what_the_reader_refuses_is_not_written(tmp_path: Path, hand: str) -> None:
    (tmp_path / "main.yaml").write_text(HANDS[hand].format(id="main"), "utf-8")
    for words in REFUSED:
        for store in ("main", "new"):
            with pytest.raises(RowNotEditableError):
                EDITOR.edit(tmp_path, {RowRef("store", store): row(store, words)})


def test_a_very_long_text_is_written_whole(tmp_path: Path) -> None:
    (tmp_path / "main.yaml").write_text(HANDS["plain"].format(id="main"), "utf-8")
    words = "长" * 100_000
    EDITOR.write(tmp_path, EDITOR.edit(tmp_path, {MAIN: row("main", words)}))
    assert said_in(tmp_path)[MAIN] == row("main", words)
