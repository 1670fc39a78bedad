"""Any change of any row, in any hand: the file says what was meant, and no other line moved."""

import random
import tempfile
from pathlib import Path
from typing import cast

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.adapters.register_editing.handwriting import Line, hands, list_lines, row_lines
from tests.strategies.registers import law, registers

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.register_editing.folder import FolderEditor
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.base.canonical import Tree
from chengnuo.domain.register.codec import Reading, read_row, write
from chengnuo.domain.register.kinds import KIND_BY_NAME, KINDS, RowRef, rows
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.tree import Mapping, Node, Place, Scalar, Sequence, tree_of
from chengnuo.usecases.registers import Registers

SHOP = Path(__file__).parents[3] / "examples/shop/register"
EDITOR = FolderEditor()
HEAVY = 4000
"""How long a row is, written out, that takes as much time to read back as ten others."""
NASTY = (
    "a: b",
    "x #y",
    "# 开头",
    "* 星",
    "&锚",
    "!tag 标",
    "- 项",
    "'单'\"双\"",
    "两行\n第二行",
    "段一\n\n段二",
    "制表\t符",
    "\u200b零\u200d宽",
    "👨\u200d👩\u200d👧 表情",
    "{流: 式}",
    "[a, b]",
    "no",
    "1.5",
    "2026-01-01",
    "null",
    "~",
    "%百分",
    "@艾特",
    "`反引`",
    "a\\nb",
    "末尾:",
    "? 问",
    "| 竖",
    "> 大于",
    "，",
    "long words " * 30 + "end",
)
Trees = dict[RowRef, dict[str, Tree]]


def trees_of(register: Register) -> Trees:
    return {ref: cast("dict[str, Tree]", write(row)) for ref, row in rows(register).items()}


def in_nasty_words(tree: Tree, dice: random.Random) -> Tree:
    """Put nasty texts where there are texts in two languages."""
    if isinstance(tree, dict):
        if "zh" in tree and tree.keys() <= {"zh", "en"}:
            return {key: dice.choice(NASTY) for key in tree}
        return {key: in_nasty_words(one, dice) for key, one in tree.items()}
    return [in_nasty_words(one, dice) for one in tree] if isinstance(tree, list) else tree


def changed(row: dict[str, Tree], other: dict[str, Tree], kind: str, seed: int) -> dict[str, Tree]:
    """Return a row in which some keys are as in another, or gone, or reordered, or nasty."""
    dice = random.Random(seed)
    new = dict(row)
    for key in dict.fromkeys([*row, *other]):
        if key == kind or dice.random() < 0.6:
            continue
        value = new.get(key)
        way = dice.random()
        if isinstance(value, list) and value and way < 0.5:
            members = [one for one in value if dice.random() < 0.7] or value[:1]
            extra = other.get(key)
            members += [
                one for one in (extra if isinstance(extra, list) else []) if one not in members
            ]
            new[key] = members
        elif key in other:
            new[key] = in_nasty_words(other[key], dice) if way < 0.8 else other[key]
        else:
            del new[key]
    return canonical(new, kind) or row


def canonical(tree: dict[str, Tree], kind: str) -> dict[str, Tree] | None:
    """Return a row as the register keeps it; None where it is none."""
    reading = Reading()
    read = read_row(KIND_BY_NAME[kind].model, tree_of(tree, Place("t", 1)), reading, "")
    return None if reading.problems else cast("dict[str, Tree]", write(read))


def written(trees: Trees, seed: int) -> dict[str, list[Line]]:
    """Write a register: a file a row, a file a kind, or one file."""
    hand = hands(seed)
    way = hand.dice.choice(("rows", "kinds", "one"))
    files: dict[str, list[Line]] = {}
    for kind in KINDS:
        mine = {str(ref): row for ref, row in trees.items() if ref.kind == kind.name}
        if kind.name == "handler":
            ((tag, row),) = mine.items()
            files["handler.yaml"] = row_lines(hand, row, tag)
        elif way == "rows":
            for tag, row in mine.items():
                files[f"{kind.plural}/{tag.split()[1]}.yaml"] = row_lines(hand, row, tag)
        elif mine:
            name = f"{kind.plural}.yml" if way == "kinds" else "all.yaml"
            files.setdefault(name, []).extend(list_lines(hand, kind.plural, mine))
    return files


def put(folder: Path, files: dict[str, list[Line]], newline: str, end: str, bom: str) -> None:
    for name, lines in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        text = newline.join(line for _, line in lines) + end
        path.write_bytes((bom + text).encode())


def said_in(folder: Path) -> dict[RowRef, Tree]:
    """Read a folder by the reader of registers, row by row."""
    files = RegisterFolder().read(folder)
    assert not files.problems, files.problems
    found: dict[RowRef, Tree] = {}
    for tree in files.trees:
        assert isinstance(tree, Mapping)
        first, value = tree.entries[0]
        if first.text in KIND_BY_NAME and isinstance(value, Scalar):
            found |= _said(tree, first.text)
            continue
        for key, listed in tree:
            kind = next(one for one in KINDS if one.plural == key.text)
            members = listed.members if isinstance(listed, Sequence) else (listed,)
            for member in members:
                found |= _said(member, kind.name)
    return found


def _said(node: Node, kind: str) -> dict[RowRef, Tree]:
    reading = Reading()
    value = read_row(KIND_BY_NAME[kind].model, node, reading, "")
    assert not reading.problems, reading.problems
    return {RowRef(kind, getattr(value, kind)): write(value)}


def is_kept(lines: list[str], text: str) -> bool:
    """Tell whether lines stand in a text, each whole, in their order."""
    left = iter(text.split("\n"))
    return all(any(line == one for one in left) for line in lines)


@settings(
    max_examples=30,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(registers(), registers(), st.integers(0, 2**32))
def test_a_change_says_what_was_meant_and_moves_no_other_line(
    register: Register, other: Register, seed: int
) -> None:
    one_change(trees_of(register), trees_of(other), seed)


@pytest.mark.parametrize("first", range(0, 240, 40))
def test_the_sample_in_any_hand(shop: Trees, first: int) -> None:
    light = [ref for ref, row in sorted(shop.items()) if len(str(row)) < HEAVY]
    for seed in range(first, first + 40):
        few = random.Random(seed).sample(light if seed % 10 else sorted(shop), 4)
        kept = {ref: shop[ref] for ref in shop if ref in few or ref.kind == "handler"}
        one_change(kept, shop, seed)


@pytest.fixture(scope="module")
def shop() -> Trees:
    registers = Registers(source=RegisterFolder(), catalogue=law(), clock=SystemClock())
    return trees_of(registers.load_as_written(SHOP).register)


def one_change(trees: Trees, others: Trees, seed: int) -> None:
    """Write a register in somebody's hand, change a row, and look at every line."""
    dice = random.Random(seed)
    files = written(trees, seed)
    newline, end = dice.choice(("\n", "\n", "\r\n")), dice.choice(("\n", "", "\n\n"))
    end = end.replace("\n", newline)
    ref = dice.choice(sorted(trees))
    like = [row for at, row in others.items() if at.kind == ref.kind]
    new = changed(trees[ref], dice.choice(like) if like else {}, ref.kind, seed)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        put(folder, files, newline, end, dice.choice(("", "", "\ufeff")))
        assert said_in(folder) == trees
        edits = EDITOR.edit(folder, {ref: new})
        EDITOR.write(folder, edits)
        assert said_in(folder) == trees | {ref: new}
    if new == trees[ref]:
        assert edits == ()
        return
    (edit,) = edits
    assert edit.before is not None
    assert edit.after is not None
    touched = {f"{ref}/{key}" for key in {*new, *trees[ref]} if new.get(key) != trees[ref].get(key)}
    same = [line for tag, line in files[edit.name] if tag not in touched]
    text = edit.after.decode("utf-8-sig").replace("\r\n", "\n")
    assert is_kept(same, text)
    if newline == "\r\n" and text.count("\n") > 1:
        assert b"\n" not in edit.after.replace(b"\r\n", b"")


@pytest.mark.parametrize("written", ['"\\u0075ploads"', "uploads", "'uploads'", '"up\\\n  loads"'])
def test_a_row_is_found_however_its_id_is_written(written: str, tmp_path: Path) -> None:
    (tmp_path / "stores").mkdir()
    store = (SHOP / "stores/uploads.yaml").read_text("utf-8")
    assert "store: uploads\n" in store
    text = store.replace("store: uploads\n", f"store: {written}\n", 1)
    (tmp_path / "stores/uploads.yaml").write_text(text, "utf-8")
    ref = RowRef("store", "uploads")
    (said,) = said_in(tmp_path).values()
    changed = {**cast("dict[str, Tree]", said), "operated_by": "ours"}
    EDITOR.write(tmp_path, EDITOR.edit(tmp_path, {ref: changed}))
    assert written in (tmp_path / "stores/uploads.yaml").read_text("utf-8")
    assert said_in(tmp_path)[ref] == {**cast("dict[str, Tree]", said), "operated_by": "ours"}


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("all.yaml", "stores:\n  - store: old\n", "all.yaml"),
        ("stores/old.yml", "store: old\n", "stores/new.yml"),
        ("recipients/r.yaml", "recipient: r\n", "stores/new.yaml"),
    ],
)
def test_a_row_is_added_where_and_as_the_others_of_its_kind_are_written(
    name: str, text: str, wanted: str, shop: Trees, tmp_path: Path
) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(text, "utf-8")
    row = {**shop[RowRef("store", "uploads")], "store": "new"}
    (edit,) = EDITOR.edit(tmp_path, {RowRef("store", "new"): row})
    assert edit.name == wanted
