"""Changing the register in the console: proposed by one, weighed, approved by another, in force.

A change is kept as a dossier (`register-change`), so that who, when and why stand in the evidence
log. It is made on the version that was in force, and made again on a later one where the row still
says the same. What is approved is what was shown: the version and the very lines. It is written to
the operator's own files where they are at hand, and then the folder is loaded as always.
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
    PROPOSE,
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
from chengnuo.domain.register.row_edit import RowEdit, edit_of, row_tree, with_row
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

    def weigh(self, edit: RowEdit, base: str) -> Weighed:
        """Hold a change to the register in force.

        Args:
            edit: The change.
            base: Version that it was made on.

        Raises:
            NoRegisterError: None is in force.
            UnknownVersionError: `base` is no kept version.

        """
        served = self.desk.served
        key = (edit.text(), base, served.version, served.report.on)
        return self._weighed.of(key, lambda: self._weigh(edit, base))

    def _weigh(self, edit: RowEdit, base: str) -> Weighed:
        served = self.desk.served
        register = served.register
        before = row_tree(register, edit.row)
        later = base != served.version
        was = self._row_at(base, edit.row) if later else before
        after = edit.of(was)
        if was != before:
            return Weighed(
                edit=edit,
                version=served.version,
                before=before,
                after=after,
                register=None,
                clash=True,
                later=later,
            )
        found, problems = self._read(register, edit.row, after)
        change = None
        if found is not None:
            change = diff(register, found, catalogue=self.desk.catalogue)
        return Weighed(
            edit=edit,
            version=served.version,
            before=before,
            after=None if found is None else row_tree(found, edit.row),
            register=found,
            problems=problems,
            later=later,
            diff=change,
        )

    def asked(self, weighed: Weighed) -> tuple[AskedOf, ...]:
        """Return whom a sound change asks again, and about what."""
        return () if weighed.register is None else self.figures.change_to(weighed.register)

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
            RowNotEditableError: The row is written in a way that cannot be changed line by line.
            RegisterFolderAheadError: The folder holds something else than what is in force.

        """
        if not weighed.is_sound:
            raise ChangeNotSoundError
        row, after = weighed.edit.row, weighed.after
        tree = None if after is None else dict(after)
        folder = self.desk.folder
        if folder is None:
            was = None if weighed.before is None else dict(weighed.before)
            edit = self.editor.alone(row, was, tree)
            return Patch(edit=edit, text=unified(edit), why_not=NO_FOLDER)
        self._check_folder(folder, weighed.version)
        edit = self.editor.edit(folder, row, tree)
        return Patch(
            edit=edit,
            text=unified(edit),
            why_not=None if self.editor.is_writable(folder) else READ_ONLY,
            in_git=self.editor.is_git(folder),
        )

    def propose(self, actor: Actor, edit: RowEdit, base: str, why: str) -> Seen:
        """Keep a change that somebody proposes; see `DossierDesk.open` for what it raises.

        Raises:
            ChangeNotSoundError: The change cannot be made.

        """
        if not edit or not self.weigh(edit, base).is_sound:
            raise ChangeNotSoundError
        given = {"row": str(edit.row), "base": base, "change": edit.text(), "why": why}
        return self.dossiers.open(REGISTER_CHANGE.id, PROPOSE, actor, given)

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
        """Hold a kept change to the register in force."""
        return self.weigh(edit_of(str(dossier.value("change"))), str(dossier.value("base")))

    def message(self, dossier: Dossier, weighed: Weighed) -> str:
        """Return a message for a commit in the operator's own version control."""
        why = str(dossier.value("why"))
        return f"register: {weighed.edit.row}\n\n{why}\n\nChange {dossier.id} of the register.\n"

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
        """Tell whether the row says already what was approved, as after a patch by hand."""
        edit, base = edit_of(str(dossier.value("change"))), str(dossier.value("base"))
        target = edit.of(self._row_at(base, edit.row))
        return row_tree(self.desk.served.register, edit.row) == target

    def _write(self, actor: Actor, dossier: Dossier) -> None:
        approved = dossier.last(APPROVE)
        weighed = self.weighed_of(dossier)
        found = self.patch(weighed)
        if approved is None or approved.fields.get("patch") != found.digest:
            raise ReviewOutdatedError
        folder = self.desk.folder
        if folder is None or found.why_not is not None:
            raise ChangeNotSoundError
        self.editor.write(folder, found.edit)
        try:
            self.desk.load(by=actor.id, note=f"{dossier.id}: {weighed.edit.row}")
        except RegisterRefusedError:
            edit = found.edit
            self.editor.write(folder, FileEdit(edit.name, edit.after, edit.before))
            raise

    def _read(
        self, register: Register, row: RowRef, after: Tree | Mapping[str, Tree] | None
    ) -> tuple[Register | None, tuple[Problem, ...]]:
        tree = with_row(
            tree_of_register(register), row, dict(after) if isinstance(after, Mapping) else None
        )
        try:
            loaded = read_tree(tree, catalogue=self.desk.catalogue)
            refuse_expired_waivers(loaded, self.desk.registers.today())
        except RegisterRefusedError as error:
            return None, error.problems
        return loaded.register, ()

    def _check_folder(self, folder: Path, version: Version) -> None:
        try:
            loaded = self.desk.registers.load_as_written(folder)
        except RegisterRefusedError:
            raise RegisterFolderAheadError from None
        if version_of(loaded.register) != version:
            raise RegisterFolderAheadError
