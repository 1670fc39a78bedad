"""The program with an inspector in this process: what the command does beside inspecting."""

from dataclasses import dataclass, field, replace
from typing import Self

from tests.adapters.packages.here import InspectsHere

from chengnuo.base.text import Lang
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.law.catalogue import Catalogue
from chengnuo.usecases.inspection.inspections import Inspections
from chengnuo.wiring.program import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Here(Program):
    """The program."""

    law: Catalogue
    knowledge: Knowledge
    asked: list[tuple[int, float]] = field(default_factory=list)
    inspected: list[str] = field(default_factory=list)

    def in_lang(self, lang: Lang) -> Self:
        return replace(self, lang=lang)

    def inspections(self, *, memory_bytes: int, wall_s: float) -> Inspections:
        self.asked.append((memory_bytes, wall_s))
        return Inspections(
            inspector=InspectsHere(self.knowledge, self.inspected),
            words=ReportWords(law=self.law, knowledge=self.knowledge),
            today=self.registers().today,
        )
