"""What works on packages, each bounded in memory and time, and what writes their reports."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from chengnuo.adapters.behaviour_logs.reading import BehaviourLogFiles
from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.documents.inspection_page import InspectionPage
from chengnuo.adapters.documents.inspection_pdf import InspectionPdf
from chengnuo.adapters.packages.in_child import Bounds
from chengnuo.adapters.packages.inspector import ChildInspector
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.adapters.register_remarks import RegisterRemarks
from chengnuo.adapters.register_writer import RegisterWriter
from chengnuo.adapters.start_folder import StartFolder
from chengnuo.engines.text.finding import find_in
from chengnuo.engines.text.kinds import Kind
from chengnuo.law.civil import civil_date
from chengnuo.ports.package_reports import PackageReportWriter
from chengnuo.ports.packages import MEMORY_BYTES, WALL_S
from chengnuo.usecases.inspection.behaviour import Behaviours
from chengnuo.usecases.inspection.drafting import Drafting
from chengnuo.usecases.inspection.inspections import Inspections
from chengnuo.usecases.registers import Registers
from chengnuo.usecases.starting import Starting
from chengnuo.wiring.knowledge import (
    inspection_knowledge,
    law_catalogue,
    places_of_copies,
    report_words,
    text_knowledge,
)


def inspections(*, memory_bytes: int, wall_s: float, today: Callable[[], date]) -> Inspections:
    """Return the use cases on packages."""
    return Inspections(
        inspector=_inspector(memory_bytes, wall_s),
        words=report_words(),
        today=today,
    )


def inspections_elsewhere(*, memory_bytes: int, wall_s: float) -> Inspections:
    """Return the use cases on packages for another process, on the same terms."""

    def today() -> date:
        return civil_date(SystemClock().now())

    return inspections(memory_bytes=memory_bytes, wall_s=wall_s, today=today)


def drafting(*, memory_bytes: int, wall_s: float) -> Drafting:
    """Return the use case that drafts registers from packages and policies."""
    return Drafting(
        inspector=_inspector(memory_bytes, wall_s),
        knowledge=inspection_knowledge(),
        law=law_catalogue(),
        target=RegisterWriter(),
    )


def starting() -> Starting:
    """Return the use case of beginning with a register."""
    source = RegisterFolder()
    return Starting(
        drafting=drafting(memory_bytes=MEMORY_BYTES, wall_s=WALL_S),
        registers=Registers(source=source, catalogue=law_catalogue(), clock=SystemClock()),
        remarks=RegisterRemarks(),
        place=StartFolder(),
    )


def behaviours() -> Behaviours:
    """Return the use cases on logs of behaviour."""
    texts = text_knowledge()
    cues = texts.cues()

    def kinds_in(text: str) -> Iterator[Kind]:
        return (hit.kind for hit in find_in(text, cues))

    return Behaviours(
        logs=BehaviourLogFiles(kinds_in), knowledge=inspection_knowledge(), texts=texts
    )


def package_writers() -> Mapping[str, PackageReportWriter]:
    """Return what writes reports of packages as documents, by the names of the formats."""
    page, pdf = InspectionPage(), InspectionPdf()
    return {page.format: page, pdf.format: pdf}


def _inspector(memory_bytes: int, wall_s: float) -> ChildInspector:
    bounds = Bounds(memory_bytes=memory_bytes, wall_s=wall_s, reads=places_of_copies())
    return ChildInspector(knowledge=inspection_knowledge, bounds=bounds)
