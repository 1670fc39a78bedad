"""What a person has to decide in the register that is served, and saying of one that it is so.

The list is made from the register, its check and the lines above its rows; it is made anew when the
register was. Saying that something is so strikes the line that asks from the operator's own file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chengnuo.base.canonical import Tree
from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.base.text import Text
from chengnuo.domain.finding.deciding import Deciding, ToDecide, deciding, topic_of
from chengnuo.domain.register.blanks import Blank, blanks_of, everywhere, filled, missing_of
from chengnuo.domain.register.canonical import tree_of_register
from chengnuo.domain.register.codec import write
from chengnuo.domain.register.kinds import KIND_BY_NAME, RowRef, rows
from chengnuo.domain.register.problems import Problem, RegisterRefusedError
from chengnuo.domain.register.reading import read_tree
from chengnuo.domain.register.row_edit import with_row
from chengnuo.ports.register_editing import RegisterEditor
from chengnuo.ports.row_remarks import RowRemarks
from chengnuo.usecases.register_desk import Desk, Served

_LONGEST_NOTE = 200


class UnknownQuestionError(InvalidInputError):
    """The register has no such question."""

    code = "unknown-question"

    def __init__(self, key: str) -> None:
        super().__init__(f"nothing is to be decided under `{key[:120]}`")
        self.key = key


class NotOnlyAskedError(ConflictError):
    """It cannot just be said to be so: nothing asks, or the check speaks against it."""

    code = "not-only-asked"

    def __init__(self, key: str, findings: int) -> None:
        super().__init__(
            f"`{key}` cannot be confirmed as it stands: {findings} findings against it"
        )
        self.key = key
        self.findings = findings


class WrongAnswerError(InvalidInputError):
    """What was written is no register; nothing was changed."""

    code = "wrong-answer"

    def __init__(self, key: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"`{key}`: what was written is no register: {problems[0]}")
        self.key = key
        self.problems = problems


@dataclass(slots=True, kw_only=True)
class Decider:
    """The use case.

    Attributes:
        desk: The register in force.
        remarks: Reads and strikes lines above rows.
        editor: Changes rows in their files.

    """

    desk: Desk
    remarks: RowRemarks
    editor: RegisterEditor
    _made: tuple[Served, Deciding] | None = field(default=None, init=False)

    @property
    def is_editable(self) -> bool:
        """Tell whether there is a folder, and it can be written to."""
        return self.desk.folder is not None and self.editor.is_writable(self.desk.folder)

    def all(self) -> Deciding:
        """Return every question about the register in force.

        Raises:
            NoRegisterError: Nothing is served.

        """
        served = self.desk.served
        if self._made is None or self._made[0] is not served:
            folder = self.desk.folder
            above = {} if folder is None else self.remarks.above(folder, served.loaded)
            found = deciding(served.register, served.report.findings, above, self.desk.catalogue)
            self._made = (served, found)
        return self._made[1]

    def blanks(self, question: ToDecide) -> tuple[Blank, ...]:
        """Return the places of a question where nothing is written yet, as far as one text fits."""
        kind = question.row.kind
        row = write(self.row(question.row))
        missing = missing_of(
            KIND_BY_NAME[kind].model, row, (one.field for one in question.findings if one.field)
        )
        return (
            *(one for one in blanks_of(row) if topic_of(kind, one.path) is question.topic),
            *missing,
        )

    def confirm(self, keys: Sequence[str], *, by: str) -> None:
        """Say that what stands in the register is right: strike the lines that ask.

        Args:
            keys: Name the questions; all of them are confirmed, or none.
            by: Account id of whoever says it.

        Raises:
            UnknownQuestionError: The register has no such question.
            NotOnlyAskedError: Nothing asks, or a finding speaks against it.
            RemarkChangedError: The file has changed meanwhile.
            RegisterMovedError: The file has changed meanwhile.
            RegisterNotWrittenError: It cannot be written; nothing is.
            RegisterRefusedError: The folder holds no register any more.

        """
        found = [self._editable(key) for key in dict.fromkeys(keys)]
        for one in found:
            if not one.is_only_asked:
                raise NotOnlyAskedError(one.key, len(one.findings))
        self._write(found, {}, found, by=by)

    def answer(self, key: str, given: Mapping[str, str | Text], *, by: str) -> None:
        """Write what was missing into the row, and strike the lines that asked for it.

        Args:
            key: Names the question.
            given: What was written, by field; an empty one takes the field out.
            by: Account id of whoever writes.

        Raises:
            UnknownQuestionError: The register has no such question.
            WrongAnswerError: The row would not be read; nothing is changed.
            RegisterMovedError: The file has changed meanwhile.
            RowNotEditableError: It cannot be changed line by line.
            RegisterNotWrittenError: It cannot be written.
            RegisterRefusedError: The folder holds no register any more.

        """
        found = self._editable(key)
        row = filled(write(self.row(found.row)), self.blanks(found), given)
        self._read(key, {found.row: row})
        self._write([found], {found.row: row}, [found], by=by)

    def answer_together(
        self, keys: Sequence[str], given: Mapping[str, str | Text], *, by: str
    ) -> None:
        """Write the same into several rows of which the same is asked; nothing, or all that reads.

        Args:
            keys: Name the questions.
            given: What was written, by field without the numbers of members; what is left empty
                stays open.
            by: Account id of whoever writes.

        Raises:
            UnknownQuestionError: The register has no such question.
            NotOnlyAskedError: One of them has to be answered by itself.
            WrongAnswerError: A row would not be read; nothing is changed.
            RegisterMovedError: A file has changed meanwhile.
            RowNotEditableError: One cannot be changed line by line; none is.
            RegisterNotWrittenError: One cannot be written; none is.
            RegisterRefusedError: The folder holds no register any more.

        """
        found = [self._editable(key) for key in dict.fromkeys(keys)]
        after: dict[RowRef, Tree] = {}
        done: list[ToDecide] = []
        for one in found:
            if not one.is_alike:
                raise NotOnlyAskedError(one.key, len(one.findings))
            blanks = self.blanks(one)
            written = {blank.path: given.get(everywhere(blank.path), "") for blank in blanks}
            known = [blank for blank in blanks if written[blank.path]]
            after[one.row] = filled(after.get(one.row, write(self.row(one.row))), known, written)
            if len(known) == len(blanks):
                done.append(one)
        if found:
            self._read(found[0].key, after)
        self._write(found, after, done, by=by)

    def _editable(self, key: str) -> ToDecide:
        found = self.all().one(key)
        if found is None:
            raise UnknownQuestionError(key)
        if self.desk.folder is None:
            raise NotOnlyAskedError(key, len(found.findings))
        return found

    def row(self, ref: RowRef) -> object:
        """Return a row as it is in force."""
        return rows(self.desk.served.register)[ref]

    def _write(
        self,
        found: Sequence[ToDecide],
        after: Mapping[RowRef, Tree],
        done: Sequence[ToDecide],
        *,
        by: str,
    ) -> None:
        """Write rows and strike what asked for what is done, all at once, and load the folder."""
        folder = self.desk.folder
        if not found or folder is None:
            return
        fields = {
            remark: frozenset().union(*(one.topic.fields for one in done if remark in one.asking))
            for remark in dict.fromkeys(remark for one in done for remark in one.asking)
        }
        struck = [(remark, remark.without(settled)) for remark, settled in fields.items()]
        begun = self.remarks.rewritten(folder, struck)
        self.editor.write(folder, self.editor.edit(folder, after, begun))
        self.desk.load(by=by, note=", ".join(one.key for one in found)[:_LONGEST_NOTE])

    def _read(self, key: str, after: Mapping[RowRef, Tree]) -> None:
        """Read the register with rows as they shall be, as the folder will be read."""
        tree = tree_of_register(self.desk.served.register)
        for ref, row in after.items():
            tree = with_row(tree, ref, row)
        try:
            read_tree(tree, catalogue=self.desk.catalogue, name=str(next(iter(after))))
        except RegisterRefusedError as error:
            raise WrongAnswerError(key, error.problems) from error
