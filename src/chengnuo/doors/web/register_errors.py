"""What the reader of registers found wrong in a row that was typed, at the controls of its form."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chengnuo.base.canonical import Tree
from chengnuo.domain.register.codec import Reading, read_row, write
from chengnuo.domain.register.kinds import Kind, RowRef
from chengnuo.domain.register.problems import Problem, ProblemCode
from chengnuo.domain.register.tree import Place, tree_of
from chengnuo.doors.web.register_words import Speaker

_INDEX = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong, by control, and what is wrong elsewhere."""

    fields: Mapping[str, str]
    elsewhere: tuple[str, ...]


def read_typed(
    kind: Kind, row: RowRef, tree: Mapping[str, Tree]
) -> tuple[Tree | None, tuple[Problem, ...]]:
    """Return a typed row as the register keeps it, or what is wrong with it by itself."""
    reading = Reading()
    node = tree_of(dict(tree), Place("form", 1))
    value = read_row(kind.model, node, reading, row.field_prefix)
    return (None, tuple(reading.problems)) if reading.problems else (write(value), ())


def wrong_of(
    say: Speaker, row: RowRef, problems: Iterable[Problem], names: frozenset[str]
) -> Wrong:
    """Return problems at the controls of a form.

    Args:
        say: Words.
        row: The row that is changed.
        problems: What was found.
        names: Names of the controls and parts of the form.

    """
    fields: dict[str, str] = {}
    elsewhere: list[str] = []
    for one in problems:
        name = _name_of(row, one, names)
        text = _text(say, one)
        if name:
            fields.setdefault(name, text)
        else:
            elsewhere.append(say.t("reg-edit.elsewhere", where=one.where or row, what=text))
    return Wrong(fields, tuple(elsewhere))


def _name_of(row: RowRef, problem: Problem, names: frozenset[str]) -> str:
    if problem.where == str(row):
        path = ""
    elif problem.where.startswith(row.field_prefix):
        path = problem.where.removeprefix(row.field_prefix)
    else:
        return ""
    if problem.code is ProblemCode.MISSING_KEY:
        path = f"{path}.{problem.given}" if path else problem.given
    name = _INDEX.sub(r".\1", path)
    while name and name not in names:
        name = name.rpartition(".")[0]
    return name


def _text(say: Speaker, problem: Problem) -> str:
    expected = say.text(problem.expected)
    if problem.code is ProblemCode.MISSING_KEY:
        said = expected.partition("：" if "：" in expected else ": ")[2] or expected
        return say.t("reg-edit.expected", expected=said)
    return say.t("reg-edit.given", given=problem.given, expected=expected)
