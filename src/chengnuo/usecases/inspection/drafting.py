"""Drafting a register from the package of an app, or its policy: where a new operator starts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Lang, Text
from chengnuo.domain.inspection.draft import Draft, draft_register
from chengnuo.domain.inspection.draft_from_policy import draft_from_policies
from chengnuo.domain.inspection.draft_policy import with_policy
from chengnuo.domain.observation.inspection import PackageKind
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.policy import PolicyReading
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.packages import PackageInspector
from chengnuo.ports.policies import UnreadablePolicyError
from chengnuo.ports.register_target import RegisterTarget


class NotAnAppError(InvalidInputError):
    """The package is of a library, which has no register of its own."""

    code = "not-an-app"

    def __init__(self, kind: PackageKind) -> None:
        super().__init__(
            f"the package is a library ({kind}), not an app: a register is drafted from the app "
            "that holds it"
        )
        self.kind = kind


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDraft:
    """A register drafted and written down.

    Attributes:
        draft: The register, with what has to be decided.
        files: Files written, relative to the folder.

    """

    draft: Draft
    files: Sequence[Path]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafting:
    """The use case.

    Attributes:
        inspector: Inspects packages.
        knowledge: What they are inspected with.
        law: The law.
        target: Writes register folders.

    """

    inspector: PackageInspector
    knowledge: Knowledge
    law: Catalogue
    target: RegisterTarget

    def draft(
        self,
        package: Path,
        folder: Path,
        *,
        lang: Lang,
        tell: Callable[[str], None],
        policies: Sequence[PolicyReading] = (),
    ) -> WrittenDraft:
        """Inspect a package and write the register that it gives, or write nothing.

        Args:
            package: The package of an app.
            folder: Where; made if missing, else it has to be empty.
            lang: Language of the remarks above the rows.
            tell: Called with each stage of the inspection as it begins.
            policies: What the app's privacy policies say, if they are given.

        Raises:
            NotAPackageError: It is no package.
            NotAnAppError: It is the package of a library.
            PackageLimitError: It asks for more than is accepted.
            InspectionUnfinishedError: It took more time or memory than it may, or the work died.
            FolderNotEmptyError: The folder holds something.
            RegisterNotWrittenError: The place cannot be written.

        """
        self.target.hold_free(folder)
        return self.write(self.from_package(package, tell=tell, policies=policies), folder, lang)

    def from_package(
        self, package: Path, *, tell: Callable[[str], None], policies: Sequence[PolicyReading]
    ) -> Draft:
        """Inspect a package and return the draft that it gives.

        Args:
            package: The package of an app.
            tell: Called with each stage of the inspection as it begins.
            policies: What the app's privacy policies say, if they are given.

        Raises:
            NotAPackageError: It is no package.
            NotAnAppError: It is the package of a library.
            PackageLimitError: It asks for more than is accepted.
            InspectionUnfinishedError: It took more time or memory than it may, or the work died.

        """
        inspection = self.inspector.inspect(package, tell)
        if not inspection.package.kind.is_app:
            raise NotAnAppError(inspection.package.kind)
        draft = draft_register(inspection, self.knowledge, self.law)
        for policy in policies:
            draft = with_policy(draft, policy)
        return draft

    def draft_from_policies(
        self, policies: Sequence[PolicyReading], folder: Path, *, lang: Lang
    ) -> WrittenDraft:
        """Write the register that the policies of an app give by themselves, or write nothing.

        Args:
            policies: What they say, the main one first; at least one.
            folder: Where; made if missing, else it has to be empty.
            lang: Language of the remarks above the rows.

        Raises:
            UnreadablePolicyError: One is in neither Chinese nor English.
            FolderNotEmptyError: The folder holds something.
            RegisterNotWrittenError: The place cannot be written.

        """
        return self.write(self.from_policies(policies), folder, lang)

    def from_policies(self, policies: Sequence[PolicyReading]) -> Draft:
        """Return the draft that the policies of an app give by themselves.

        Raises:
            UnreadablePolicyError: One is in neither Chinese nor English.

        """
        for policy in policies:
            if not policy.langs:
                raise UnreadablePolicyError(policy.file, "it is in neither Chinese nor English")
        return draft_from_policies(policies, self.knowledge.sdks, self.law)

    def write(self, draft: Draft, folder: Path, lang: Lang) -> WrittenDraft:
        """Write a draft with its remarks above the rows, or nothing.

        Raises:
            FolderNotEmptyError: The folder holds something.
            RegisterNotWrittenError: The place cannot be written.

        """
        remarks = {
            row: tuple(Text(one.in_lang(lang)) for one in said)
            for row, said in draft.remarks.items()
        }
        files = self.target.write(draft.register, folder, remarks=remarks, replace=False)
        return WrittenDraft(draft=draft, files=files)
