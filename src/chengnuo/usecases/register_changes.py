"""Changing the register in the console: proposed by one, weighed, approved by another, in force.

A change of one row or several is kept as a dossier (`register-change`), so that who, when and why
stand in the evidence log. It is made on the version that was in force, and made again on a later
one where its rows still say the same. What is approved is what was shown: the version and the very
lines. It is written to the operator's own files, all or none, where they are at hand, and then the
folder is loaded as always.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from chengnuo.base.canonical import Tree
from chengnuo.domain.dossier.dossier import Dossier, DossierId
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.sorts.register_change import (
    APPROVE,
    APPROVED,
    PUT_IN_FORCE,
    REGISTER_CHANGE,
)
from chengnuo.domain.register.canonical import tree_of_register, version_of
from chengnuo.domain.register.diff import diff
from chengnuo.domain.register.ids import Version
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.problems import Problem, RegisterRefusedError
from chengnuo.domain.register.reading import read_tree, refuse_expired_waivers
from chengnuo.domain.register.row_edit import (
    Edits,
    edits_of,
    row_tree,
    text_of,
    title_of,
    with_rows,
)
from chengnuo.ports.dossiers import NoSuchDossierError
from chengnuo.ports.register_editing import FileEdit, RegisterEditor
from chengnuo.ports.versions import UnknownVersionError
from chengnuo.usecases.consent.figures import AskedOf, Figures
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.guarding import SERVICE
from chengnuo.usecases.dossier.seen import Actor, Seen
from chengnuo.usecases.register_consequences import Consequences, consequences
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.register_weighing import (
    NO_FOLDER,
    READ_ONLY,
    ChangeNotSoundError,
    Lately,
    Patch,
    RegisterFolderAheadError,
    ReviewOutdatedError,
    Weighed,
    unified,
)


class LatelyWeighed(Lately[Weighed]):
    """Changes that were weighed last, by what they were weighed by."""


class LatelyKnown(Lately[Consequences]):
    """Consequences that were worked out last, by both versions and the day."""


class LatelyEdited(Lately[tuple[FileEdit, ...]]):
    """What was worked out last for files, by the changes, the version and what the folder says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterChanges:
    """The use cases of changing the register; safe to call from several threads.

    Attributes:
        desk: The register in force.
        dossiers: Keeps what is proposed.
        editor: Changes rows in the operator's files.
        figures: Counts whom a change concerns.

    """

    desk: Desk
    dossiers: DossierDesk
    editor: RegisterEditor
    figures: Figures
    _writing: AbstractContextManager[bool] = field(
        default_factory=Lock, init=False, repr=False, compare=False
    )
    _weighed: LatelyWeighed = field(
        default_factory=LatelyWeighed, init=False, repr=False, compare=False
    )
    _known: LatelyKnown = field(default_factory=LatelyKnown, init=False, repr=False, compare=False)

    _edits: LatelyEdited = field(
        default_factory=LatelyEdited, init=False, repr=False, compare=False
    )

    def weigh(self, edits: Edits, base: str) -> Weighed:
        """Hold changes to the register in force, all of them together.

        Args:
            edits: The changes.
            base: Version that they were made on.

        Raises:
            NoRegisterError: None is in force.
            UnknownVersionError: `base` is no kept version.

        """
        served = self.desk.served
        key = (text_of(edits), base, served.version, served.report.on)
        return self._weighed.of(key, lambda: self._weigh(edits, base))

    def _weigh(self, edits: Edits, base: str) -> Weighed:
        served = self.desk.served
        register = served.register
        later = base != served.version
        before = {one.row: row_tree(register, one.row) for one in edits}
        was = {row: self._row_at(base, row) for row in before} if later else before
        after = {one.row: one.of(was[one.row]) for one in edits}
        clashes = tuple(row for row in before if was[row] != before[row])
        found, problems = (None, ()) if clashes else self._read(register, after)
        return Weighed(
            edits=edits,
            version=served.version,
            before=before,
            after=after
            if found is None
            else {one.row: row_tree(found, one.named) for one in edits},
            register=found,
            problems=problems,
            clashes=clashes,
            later=later,
            diff=None if found is None else diff(register, found, catalogue=self.desk.catalogue),
        )

    def asked(self, weighed: Weighed) -> tuple[AskedOf, ...]:
        """Return whom a sound change asks again, and about what."""
        if weighed.register is None:
            return ()
        return self.figures.change_to(weighed.register, weighed.diff)

    def consequences(self, weighed: Weighed) -> Consequences | None:
        """Return what else follows from a sound change; None where there is none."""
        if weighed.register is None or weighed.diff is None:
            return None
        served = self.desk.served
        key = (served.version, served.report.on, weighed.diff.after)
        register = weighed.register
        return self._known.of(
            key,
            lambda: consequences(
                served.register,
                register,
                catalogue=self.desk.catalogue,
                today=served.report.on,
                report=served.report,
                board=served.board,
            ),
        )

    def patch(self, weighed: Weighed) -> Patch:
        """Return what becomes of the operator's files.

        Raises:
            ChangeNotSoundError: The change cannot be made.
            RowNotEditableError: A row is written in a way that cannot be changed line by line.
            RegisterNotWrittenError: A file stands outside of the folder.
            RegisterFolderAheadError: The folder holds something else than what is in force.

        """
        if not weighed.is_sound:
            raise ChangeNotSoundError
        after = {row: None if one is None else dict(one) for row, one in weighed.after.items()}
        folder = self.desk.folder
        if folder is None:
            before = weighed.before
            was = {row: None if one is None else dict(one) for row, one in before.items()}
            alone = self.editor.alone({row: (was[row], after[row]) for row in after})
            return Patch(edits=alone, text=unified(alone), why_not=NO_FOLDER)
        key = (text_of(weighed.edits), weighed.version, self.editor.digest(folder))
        edits = self._edits.of(key, lambda: self._edits_in(folder, weighed.version, after))
        return Patch(
            edits=edits,
            text=unified(edits),
            why_not=None if self.editor.is_writable(folder) else READ_ONLY,
            in_git=self.editor.is_git(folder),
        )

    def approve(self, actor: Actor, wanted: DossierId, version: str, patch: str) -> Seen:
        """Approve what was shown, write it and put it in force, as far as that can be done here.

        Args:
            actor: Who approves.
            wanted: Id of the change.
            version: Version in force that was shown.
            patch: Digest of the difference that was shown.

        Raises:
            ReviewOutdatedError: Something else would be written now.
            ChangeNotSoundError: The change cannot be made.
            FourEyesError: Whoever proposed it cannot approve it.
            RegisterMovedError: The file was changed meanwhile; nothing was written.

        """
        weighed = self.weighed_of(self.one(wanted, actor).dossier)
        found = self.patch(weighed)
        if (weighed.version, found.digest) != (version, patch):
            raise ReviewOutdatedError
        given = {"version": version, "patch": patch}
        seen = self.dossiers.act(wanted, APPROVE, actor, given)
        return self.put_in_force(actor, wanted) if found.why_not is None else seen

    def put_in_force(self, actor: Actor, wanted: DossierId) -> Seen:
        """Write an approved change and load it; or note that it is in force already.

        Raises:
            ReviewOutdatedError: Something else would be written than what was approved.
            ChangeNotSoundError: The change cannot be made on the register in force.
            RegisterMovedError: The file was changed meanwhile; nothing was written.
            RegisterNotWrittenError: The place cannot be written.

        """
        with self._writing:
            seen = self.one(wanted, actor)
            if seen.state.id != APPROVED:
                raise ReviewOutdatedError
            if not self._is_in_force(seen.dossier):
                self._write(actor, seen.dossier)
            given = {"version": self.desk.served.version}
            self.dossiers.act(wanted, PUT_IN_FORCE, SERVICE, given)
            return self.dossiers.one(wanted, actor)

    def end(self, actor: Actor, wanted: DossierId, what: str, given: Mapping[str, Value]) -> Seen:
        """Refuse a change or withdraw it; see `DossierDesk.act` for what it raises."""
        return self.dossiers.act(self.one(wanted, actor).dossier.id, what, actor, given)

    def weighed_of(self, dossier: Dossier) -> Weighed:
        """Hold what was kept to the register in force."""
        return self.weigh(edits_of(str(dossier.value("change"))), str(dossier.value("base")))

    def message(self, dossier: Dossier, weighed: Weighed) -> str:
        """Return a message for a commit in the operator's own version control."""
        why = str(dossier.value("why"))
        rows = "" if len(weighed.edits) == 1 else "".join(f"- {one.row}\n" for one in weighed.edits)
        parts = (f"register: {title_of(weighed.edits)}\n", f"{why}\n", rows)
        ends = f"Change {dossier.id} of the register.\n"
        return "\n".join(part for part in (*parts, ends) if part)

    def one(self, wanted: DossierId, actor: Actor) -> Seen:
        """Return a change.

        Raises:
            NoSuchDossierError: There is none, or none that they may see.

        """
        seen = self.dossiers.one(wanted, actor)
        if seen.sort.id != REGISTER_CHANGE.id:
            raise NoSuchDossierError
        return seen

    def _row_at(self, version: str, row: RowRef) -> dict[str, Tree] | None:
        """Return a row as a version had it; of a version that is not kept nothing can be said."""
        try:
            register = self.desk.register_of(version).register
        except UnknownVersionError:
            return None
        return row_tree(register, row)

    def _is_in_force(self, dossier: Dossier) -> bool:
        """Tell whether the rows say already what was approved, as after a patch by hand."""
        edits, base = edits_of(str(dossier.value("change"))), str(dossier.value("base"))
        register = self.desk.served.register
        return all(
            row_tree(register, one.named) == one.of(self._row_at(base, one.row))
            and (one.named == one.row or row_tree(register, one.row) is None)
            for one in edits
        )

    def _write(self, actor: Actor, dossier: Dossier) -> None:
        approved = dossier.last(APPROVE)
        weighed = self.weighed_of(dossier)
        found = self.patch(weighed)
        if approved is None or approved.fields.get("patch") != found.digest:
            raise ReviewOutdatedError
        folder = self.desk.folder
        if folder is None or found.why_not is not None:
            raise ChangeNotSoundError
        self.editor.write(folder, found.edits)
        try:
            self.desk.load(by=actor.id, note=f"{dossier.id}: {title_of(weighed.edits)}")
        except RegisterRefusedError:
            back = [FileEdit(one.name, one.after, one.before) for one in found.edits]
            self.editor.write(folder, back)
            raise

    def _read(
        self, register: Register, after: Mapping[RowRef, Mapping[str, Tree] | None]
    ) -> tuple[Register | None, tuple[Problem, ...]]:
        tree = with_rows(tree_of_register(register), after)
        try:
            loaded = read_tree(tree, catalogue=self.desk.catalogue)
            refuse_expired_waivers(loaded, self.desk.registers.today())
        except RegisterRefusedError as error:
            return None, error.problems
        return loaded.register, ()

    def _edits_in(
        self, folder: Path, version: Version, after: Mapping[RowRef, Tree | None]
    ) -> tuple[FileEdit, ...]:
        self._check_folder(folder, version)
        return self.editor.edit(folder, after)

    def _check_folder(self, folder: Path, version: Version) -> None:
        try:
            loaded = self.desk.registers.load_as_written(folder)
        except RegisterRefusedError:
            raise RegisterFolderAheadError from None
        if version_of(loaded.register) != version:
            raise RegisterFolderAheadError
