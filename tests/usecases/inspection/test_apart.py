"""What comes back of a package that was inspected elsewhere: its report, or why there is none."""

from datetime import date
from pathlib import Path

from tests.adapters.packages.here import InspectsHere

from chengnuo.base.digest import sha256_hex
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.doors.inspection_report_form import read_report
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.package_reports import Failed
from chengnuo.usecases.inspection.apart import ReportedThere
from chengnuo.usecases.inspection.inspections import Declared, Inspections

PACKAGE = Path(__file__).parents[2] / "packages" / "built" / "net-cleartext.apk"
DAY = date(2026, 11, 28)


def reported(
    package: Path, sha256: str, catalogue: Catalogue, knowledge: Knowledge
) -> bytes | Failed:
    inspections = Inspections(
        inspector=InspectsHere(knowledge),
        words=ReportWords(law=catalogue, knowledge=knowledge),
        today=lambda: DAY,
    )
    return ReportedThere(make=lambda: inspections, declared=Declared(), on=DAY)((package, sha256))


def test_the_same_file_gives_its_report(catalogue: Catalogue, knowledge: Knowledge) -> None:
    sha256 = sha256_hex(PACKAGE.read_bytes())
    found = reported(PACKAGE, sha256, catalogue, knowledge)
    assert isinstance(found, bytes)
    assert read_report(found).inspection.package.sha256 == sha256


def test_another_file_under_that_path_gives_none(
    catalogue: Catalogue, knowledge: Knowledge
) -> None:
    found = reported(PACKAGE, "0" * 64, catalogue, knowledge)
    assert isinstance(found, Failed)
    assert found.code == "batch-unavailable"


def test_a_file_that_is_no_package_gives_why(
    catalogue: Catalogue, knowledge: Knowledge, tmp_path: Path
) -> None:
    (tmp_path / "a.apk").write_bytes(b"PK\3\4 and no more")
    found = reported(tmp_path / "a.apk", "0" * 64, catalogue, knowledge)
    assert isinstance(found, Failed)
    assert found.code == "not-a-package"
