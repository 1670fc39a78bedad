"""Where a register is read from."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from chengnuo.domain.register.problems import Problem
from chengnuo.domain.register.tree import Node


@dataclass(frozen=True, slots=True)
class RegisterFiles:
    """The trees of a register's files, and what was wrong with files that gave none."""

    trees: Sequence[Node]
    problems: Sequence[Problem]


class RegisterSource(Protocol):
    """Reads the files of a register into trees; says nothing about what they mean."""

    def read(self, folder: Path) -> RegisterFiles:
        """Read every file of a folder, in the order of their names.

        Never raises for what is in the files: that is reported as problems.
        """
        ...
