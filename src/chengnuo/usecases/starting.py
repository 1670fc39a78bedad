"""Beginning: from nothing, a package, a policy or five answers to a register and a place to serve.

Whatever is there already is left as it is, so beginning twice only goes on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from chengnuo.base.text import Lang
from chengnuo.domain.finding.check import CheckReport
from chengnuo.domain.finding.deciding import Deciding, deciding
from chengnuo.domain.inspection.answers import Answers
from chengnuo.domain.inspection.draft import Draft
from chengnuo.domain.inspection.draft_answers import draft_from_answers, with_answers
from chengnuo.domain.observation.policy import PolicyReading
from chengnuo.ports.row_remarks import RowRemarks
from chengnuo.ports.start_place import StartPlace
from chengnuo.usecases.inspection.drafting import Drafting
from chengnuo.usecases.registers import Registers


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How a register stands.

    Attributes:
        report: What the check found.
        questions: What a person has to decide.

    """

    report: CheckReport
    questions: Deciding


@dataclass(frozen=True, slots=True, kw_only=True)
class Starting:
    """The use case.

    Attributes:
        drafting: Drafts registers, and writes them.
        registers: Reads and checks them.
        remarks: Reads the lines above rows.
        place: The folder that is begun in.

    """

    drafting: Drafting
    registers: Registers
    remarks: RowRemarks
    place: StartPlace

    def seen(
        self,
        package: Path | None,
        policies: Sequence[PolicyReading],
        tell: Callable[[str], None],
    ) -> Draft | None:
        """Return what a package and policies give; None if neither is given.

        Raises:
            NotAPackageError: It is no package.
            NotAnAppError: It is the package of a library.
            PackageLimitError: It asks for more than is accepted.
            InspectionUnfinishedError: It took more time or memory than it may, or the work died.
            UnreadablePolicyError: A policy is in neither Chinese nor English.

        """
        if package is not None:
            return self.drafting.from_package(package, tell=tell, policies=policies)
        return self.drafting.from_policies(policies) if policies else None

    def write(self, seen: Draft | None, answers: Answers, folder: Path, lang: Lang) -> int:
        """Write the register into the folder, whole or not at all; return how many files it is.

        Args:
            seen: What package and policies gave.
            answers: What was answered.
            folder: The folder that is begun in; made if missing.
            lang: Language of the lines above the rows.

        Raises:
            FolderNotEmptyError: There is a register already.
            RegisterNotWrittenError: The place cannot be written.

        """
        law = self.drafting.law
        draft = (
            draft_from_answers(answers, law) if seen is None else with_answers(seen, answers, law)
        )
        return len(self.drafting.write(draft, self.place.paths(folder).register, lang).files)

    def overview(self, folder: Path) -> Overview:
        """Check the register of the folder.

        Raises:
            RegisterRefusedError: It holds no register.

        """
        register = self.place.paths(folder).register
        loaded = self.registers.load(register)
        report = self.registers.check(loaded)
        above = self.remarks.above(register, loaded)
        return Overview(
            report=report,
            questions=deciding(loaded.register, report.findings, above, self.registers.catalogue),
        )
