"""From trees to a register: which rows there are, and whether every id that is used is there."""

from collections.abc import Iterable
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Text
from chengnuo.domain.register.codec import FAILED, Reading, Use, read_row
from chengnuo.domain.register.ids import TableRef
from chengnuo.domain.register.kinds import HANDLER, KIND_BY_NAME, KINDS, LISTS, Kind, RowRef
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.problems import Problem, ProblemCode, RegisterRefusedError
from chengnuo.domain.register.tree import Mapping, Node, Place, Scalar, Sequence, tree_of
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import AppTypeId, CategoryId

_SHOWN_ID = 200
"""An id has at most 60 characters; what is longer is refused and only shown in part."""
_A_FILE = Text("一行，或由行组成的列表", "one row, or lists of rows")


@dataclass(frozen=True, slots=True)
class LoadedRegister:
    """A register and where each of its rows and fields was written.

    Attributes:
        register: The register.
        places: Place of every field by `kind id · field[0].name`, and of every row by `kind id`.

    """

    register: Register
    places: MappingType[str, Place]

    def place_of(self, row: RowRef, field: str = "") -> Place | None:
        """Return where a field was written, or the nearest thing around it."""
        path = f"{row.field_prefix}{field}"
        while path not in self.places:
            cut = max(path.rfind("."), path.rfind("["), path.rfind(" · "))
            if cut < 0:
                return self.places.get(str(row))
            path = path[:cut]
        return self.places[path]


def read_register(
    files: Iterable[Node], *, catalogue: Catalogue, problems: Iterable[Problem] = ()
) -> LoadedRegister:
    """Read a register from the trees of its files.

    Args:
        files: One tree a file; a row by itself (its first key names the kind), or lists of rows
            under the plural keys, or both kinds of file mixed.
        catalogue: Knows which categories and app types there are.
        problems: What the files' own reader has already found; nothing is read past it quietly.

    Raises:
        RegisterRefusedError: Anything is wrong; carries every problem found, not the first.

    """
    reading = Reading()
    reading.problems.extend(problems)
    reading.whole = not reading.problems
    rows: dict[Kind, dict[str, object]] = {kind: {} for kind in KINDS}
    first_place: Place | None = None
    for file in files:
        first_place = first_place or file.place
        _read_file(file, reading, rows)
    # What stands in a file that could not be read is not known, so nothing is called missing.
    if reading.whole:
        _require_handler_and_app(rows, reading, first_place or Place("register", 1))
    _look_up(reading, rows, catalogue)
    register = _assemble(rows, reading)
    if reading.problems or register is None:
        ordered = sorted(reading.problems, key=_order)
        raise RegisterRefusedError(tuple(ordered))
    return LoadedRegister(register, reading.places)


def read_tree(tree: Tree, *, catalogue: Catalogue, name: str = "register.json") -> LoadedRegister:
    """Read a register from one JSON tree, as `canonical.tree_of_register` writes it.

    Raises:
        RegisterRefusedError: The tree is not a register.

    """
    return read_register([tree_of(tree, Place(name, 1))], catalogue=catalogue)


def refuse_expired_waivers(loaded: LoadedRegister, today: date) -> None:
    """Refuse a register in which a waiver has run out.

    Kept apart from reading, so that a version published while the waiver held stays readable.

    Raises:
        RegisterRefusedError: At least one waiver expired before `today`.

    """
    problems = tuple(
        Problem(
            code=ProblemCode.EXPIRED_WAIVER,
            place=loaded.place_of(RowRef("sdk_waiver", waiver.sdk_waiver), "expires")
            or Place("register", 1),
            where=f"sdk_waiver {waiver.sdk_waiver} · expires",
            given=waiver.expires.isoformat(),
            expected=Text(
                f"不早于 {today.isoformat()} 的日期，或删去该豁免",
                f"a day not before {today.isoformat()}, or no waiver",
            ),
        )
        for waiver in loaded.register.sdk_waivers
        if waiver.expires < today
    )
    if problems:
        raise RegisterRefusedError(problems)


def _order(problem: Problem) -> tuple[str, int, int, str]:
    return (problem.place.file, problem.place.line, problem.place.column, problem.where)


def _read_file(file: Node, reading: Reading, rows: dict[Kind, dict[str, object]]) -> None:
    if not isinstance(file, Mapping):
        reading.whole = False
        reading.refuse(ProblemCode.WRONG_TYPE, file, "", _A_FILE)
        return
    if not file.entries:
        reading.whole = False
        reading.refuse(ProblemCode.EMPTY_FILE, file, "", _A_FILE)
        return
    first, value = file.entries[0]
    if first.text in KIND_BY_NAME and isinstance(value, Scalar):
        _read_row(KIND_BY_NAME[first.text], file, reading, rows)
        return
    lists = {kind.plural: kind for kind in LISTS}
    seen: set[str] = set()
    for key, child in file:
        if key.text in seen:
            reading.refuse(
                ProblemCode.DUPLICATE_KEY, key, "", Text("每个键只写一次", "each key once")
            )
            continue
        seen.add(key.text)
        if key.text == HANDLER.name:
            _read_row(HANDLER, child, reading, rows)
        elif key.text in lists:
            _read_rows(lists[key.text], child, reading, rows)
        else:
            reading.whole = False
            reading.refuse(ProblemCode.UNKNOWN_KIND, key, "", _kinds_in_words(key.text))


def _child(file: Mapping, key: str) -> Node | None:
    return next((child for name, child in file if name.text == key), None)


def _kinds_in_words(given: str) -> Text:
    names = [kind.name for kind in KINDS] + [kind.plural for kind in LISTS]
    near = get_close_matches(given, names, n=1)
    hint = f"`{near[0]}`? " if near else ""
    listed = ", ".join(f"`{kind.name}: id`" for kind in KINDS)
    return Text(
        f"{hint}单独一行（{listed}），或由行组成的列表",
        f"{hint}one row ({listed}), or lists of rows",
    )


def _read_rows(
    kind: Kind, node: Node, reading: Reading, rows: dict[Kind, dict[str, object]]
) -> None:
    if not isinstance(node, Sequence):
        reading.refuse(
            ProblemCode.WRONG_TYPE, node, kind.plural, Text("由行组成的列表", "a list of rows")
        )
        return
    for member in node.members:
        _read_row(kind, member, reading, rows)


def _read_row(
    kind: Kind, node: Node, reading: Reading, rows: dict[Kind, dict[str, object]]
) -> None:
    name = _child(node, kind.name) if isinstance(node, Mapping) else None
    row_id = name.text.strip()[:_SHOWN_ID] if isinstance(name, Scalar) else "?"
    ref = RowRef(kind.name, row_id)
    own_use = len(reading.uses)
    row = read_row(kind.model, node, reading, ref.field_prefix)
    reading.places[str(ref)] = node.place
    # The row's own id is a definition, not a use.
    reading.uses[own_use:] = [
        use for use in reading.uses[own_use:] if use.where != f"{ref.field_prefix}{kind.name}"
    ]
    if name is None:
        return
    if row_id in rows[kind]:
        first = reading.places.get(f"{ref} (first)", node.place)
        reading.refuse(
            ProblemCode.DUPLICATE_ID,
            name,
            f"{ref.field_prefix}{kind.name}",
            Text(
                f"未被使用的标识；`{row_id}` 已见于 {first}",
                f"an id of its own; `{row_id}` is already at {first}",
            ),
        )
        return
    reading.places[f"{ref} (first)"] = node.place
    rows[kind][row_id] = row


def _require_handler_and_app(
    rows: dict[Kind, dict[str, object]], reading: Reading, place: Place
) -> None:
    if not rows[HANDLER]:
        reading.problems.append(
            Problem(
                code=ProblemCode.MISSING_KEY,
                place=place,
                where="",
                given="handler",
                expected=Text(
                    "一行 `handler: 标识`；每份登记簿只代表一个个人信息处理者",
                    "a row `handler: id`; every register speaks for one handler",
                ),
            )
        )
    elif len(rows[HANDLER]) > 1:
        reading.problems.append(
            Problem(
                code=ProblemCode.DUPLICATE_ID,
                place=reading.places[f"handler {list(rows[HANDLER])[1]}"],
                where="handler",
                given=list(rows[HANDLER])[1],
                expected=Text("只有一个处理者", "one handler only"),
            )
        )
    if not any(kind.name == "app" and found for kind, found in rows.items()):
        reading.problems.append(
            Problem(
                code=ProblemCode.MISSING_KEY,
                place=place,
                where="",
                given="app",
                expected=Text("至少一行 `app: 标识`", "at least one row `app: id`"),
            )
        )


def _assemble(rows: dict[Kind, dict[str, object]], reading: Reading) -> Register | None:
    if reading.problems:
        return None
    lists = {kind.plural: tuple(row for _, row in sorted(rows[kind].items())) for kind in LISTS}
    return Register(handler=next(iter(rows[HANDLER].values())), **lists)  # type: ignore[arg-type]  # each list holds rows of its kind's model


def _look_up(reading: Reading, rows: dict[Kind, dict[str, object]], catalogue: Catalogue) -> None:
    known: dict[Any, tuple[Text, set[str]]] = {}
    if reading.whole:
        known = {kind.id_type: (kind.title, set(found)) for kind, found in rows.items()}
        known[TableRef] = (Text("表", "Table"), set(_tables(rows)))
    known[CategoryId] = (Text("个人信息种类", "Category"), set(catalogue.categories))
    known[AppTypeId] = (Text("应用类型", "App type"), set(catalogue.app_types))
    failed = {store for store, row in rows[KIND_BY_NAME["store"]].items() if row is FAILED}
    for use in reading.uses:
        if use.id_type not in known:
            continue
        title, ids = known[use.id_type]
        # The tables of a store that could not be read are not known; its own problems are noted.
        hidden = use.id_type is TableRef and use.id.partition(".")[0] in failed
        if use.id not in ids and not hidden:
            reading.problems.append(_dangling(use, title, ids))


def _dangling(use: Use, title: Text, ids: set[str]) -> Problem:
    near = get_close_matches(use.id, sorted(ids), n=3)
    listed = ", ".join(f"`{one}`" for one in near)
    return Problem(
        code=ProblemCode.DANGLING_ID,
        place=use.place,
        where=use.where,
        given=use.id,
        expected=Text(
            f"已登记的标识（{title.zh}）" + (f"；相近：{listed}" if near else ""),
            f"an id that there is ({title.en})" + (f"; near: {listed}" if near else ""),
        ),
    )


def _tables(rows: dict[Kind, dict[str, object]]) -> Iterable[str]:
    for store_id, store in rows[KIND_BY_NAME["store"]].items():
        for table in getattr(store, "tables", ()):
            yield f"{store_id}.{table.table}"
