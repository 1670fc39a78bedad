"""Setting values of a register's folder: worked out with what follows, and written if asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from chengnuo.domain.finding.board import Publication, board_of
from chengnuo.domain.finding.check import facts_of, report_of
from chengnuo.domain.register.canonical import tree_of_register, version_of
from chengnuo.domain.register.diff import RegisterDiff, diff
from chengnuo.domain.register.reading import read_tree, refuse_expired_waivers
from chengnuo.domain.register.row_edit import row_tree, with_rows
from chengnuo.domain.register.setting import NoSuchFieldError, setting_of, with_value
from chengnuo.ports.register_editing import FileEdit, RegisterEditor
from chengnuo.usecases.register_consequences import Consequences, consequences
from chengnuo.usecases.register_weighing import unified
from chengnuo.usecases.registers import Registers


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """What setting values comes to.

    Attributes:
        edits: What becomes of each file.
        diff: What differs.
        found: What follows.

    """

    edits: tuple[FileEdit, ...]
    diff: RegisterDiff
    found: Consequences

    @property
    def patch(self) -> str:
        """The difference of the files, as `patch -p1` and `git apply` take it."""
        return unified(self.edits)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSetting:
    """The use case.

    Attributes:
        registers: Reads and checks registers.
        editor: Changes rows in their files.

    """

    registers: Registers
    editor: RegisterEditor

    def work_out(self, folder: Path, written: Sequence[str]) -> Worked:
        """Work out what setting values comes to; nothing is written.

        Args:
            folder: The register's folder.
            written: Each value as `KIND.ID.FIELD=VALUE`; a field set twice has the last.

        Raises:
            NoSuchFieldError: One names no field of a row that there is.
            RegisterRefusedError: The folder holds no register, or would hold none then.
            RowNotEditableError: A row cannot be changed line by line.

        """
        registers, today = self.registers, self.registers.today()
        before = registers.load_as_written(folder).register
        settings = [setting_of(text) for text in written]
        rows = {one.row: row_tree(before, one.row) for one in settings}
        for one in settings:
            row = rows[one.row]
            if row is None:
                raise NoSuchFieldError(one.written)
            rows[one.row] = with_value(row, one)
        tree = with_rows(tree_of_register(before), rows)
        loaded = read_tree(tree, catalogue=registers.catalogue)
        refuse_expired_waivers(loaded, today)
        after = loaded.register
        said = {row: row_tree(after, row) for row in rows}
        facts = facts_of(before, registers.catalogue, today)
        report = report_of(facts)
        public = Publication(version=version_of(before), on=today)
        return Worked(
            edits=self.editor.edit(folder, said),
            diff=diff(before, after, catalogue=registers.catalogue),
            found=consequences(
                before,
                after,
                catalogue=registers.catalogue,
                today=today,
                report=report,
                board=board_of(facts, report=report, published=public),
            ),
        )

    def write(self, folder: Path, worked: Worked) -> None:
        """Write what was worked out, all of it or nothing.

        Raises:
            RegisterMovedError: A file is not what it was.
            RegisterNotWrittenError: The place cannot be written.

        """
        self.editor.write(folder, worked.edits)
