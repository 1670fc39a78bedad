"""The part of the program that observes: packages, policies, texts, the installation itself."""

from pathlib import Path
from typing import TYPE_CHECKING

from chengnuo.wiring.knowledge import law_catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from chengnuo.doors.settings import ServeSettings
    from chengnuo.ports.disclosure_files import DisclosureFiles
    from chengnuo.ports.drift_documents import DriftWriter
    from chengnuo.ports.mask_vault import MaskVault
    from chengnuo.ports.package_labels import PackageLabels
    from chengnuo.ports.package_reports import PackageFiles, PackageReportWriter, ReportShelf
    from chengnuo.ports.policies import PolicySource
    from chengnuo.ports.speed_logs import SpeedLogs
    from chengnuo.ports.texts import TextSource
    from chengnuo.usecases.inspection.behaviour import Behaviours
    from chengnuo.usecases.inspection.drafting import Drafting
    from chengnuo.usecases.inspection.policies import Policies
    from chengnuo.usecases.operations.checkup import Checkup
    from chengnuo.usecases.operations.moving import Moving
    from chengnuo.usecases.registers import Registers
    from chengnuo.usecases.starting import Starting
    from chengnuo.usecases.texts import Texts
    from chengnuo.wiring.batching import Batching


class Observing:
    """The use cases that look at what there is."""

    __slots__ = ()

    if TYPE_CHECKING:

        def registers(self) -> "Registers":  # noqa: D102  of the program
            ...

        def _with_data(self, data: Path | None, settings_file: Path | None) -> "ServeSettings": ...

    def batching(self) -> "Batching":
        """Return what gives work to a cluster."""
        from chengnuo.wiring.batching import Batching

        return Batching()

    def checkup(self, data: Path | None, settings_file: Path | None) -> "Checkup":
        """Return the use case of looking over an installation."""
        from chengnuo.wiring.operations import checkup

        return checkup(
            lambda: self._with_data(data, settings_file), self.registers(), law_catalogue
        )

    def data_moving(
        self, folder: Path, database: str, settings_file: Path | None
    ) -> "AbstractContextManager[Moving]":
        """Open a data folder and the database that it is moved to.

        Raises:
            NoLogError: There is no log in the folder.
            NotADatabaseUrlError: No database is named.
            MoveTargetError: The database is in use; nothing was changed.

        """
        from chengnuo.wiring.moving import moving

        settings = self._with_data(folder, settings_file)
        return moving(settings, folder, database or settings.database)

    def drafting(self, *, memory_bytes: int, wall_s: float) -> "Drafting":
        """Return the use case that drafts registers from packages, each bounded."""
        from chengnuo.wiring.packages import drafting

        return drafting(memory_bytes=memory_bytes, wall_s=wall_s)

    def starting(self) -> "Starting":
        """Return the use case of beginning."""
        from chengnuo.wiring.packages import starting

        return starting()

    def behaviours(self) -> "Behaviours":
        """Return the use cases on logs of behaviour."""
        from chengnuo.wiring.packages import behaviours

        return behaviours()

    def drift_writers(self) -> "Mapping[str, DriftWriter]":
        """Return what writes tables of drift as documents, by the names of the formats."""
        from chengnuo.adapters.documents.drift_page import DriftPage, DriftSvg

        page, picture = DriftPage(), DriftSvg()
        return {page.format: page, picture.format: picture}

    def package_writers(self) -> "Mapping[str, PackageReportWriter]":
        """Return what writes reports of packages as documents, by the names of the formats."""
        from chengnuo.wiring.packages import package_writers

        return package_writers()

    def texts(self, *, deep: bool = False) -> "Texts":
        """Return the use cases on text; the deep search asks a model of words too."""
        from chengnuo.adapters.lac_words import LacWords
        from chengnuo.adapters.name_weights import read_name_model
        from chengnuo.usecases.texts import Texts
        from chengnuo.wiring.knowledge import text_knowledge

        return Texts(text_knowledge(), read_name_model(), LacWords() if deep else None)

    def mask_vault(self, file: Path, key: bytes) -> "MaskVault":
        """Open a vault of masked values."""
        from chengnuo.adapters.clock import SystemClock
        from chengnuo.adapters.mask_vault import SqliteMaskVault

        return SqliteMaskVault(file, key, SystemClock())

    def text_source(self) -> "TextSource":
        """Return what reads text."""
        from chengnuo.adapters.text_files import TextFiles

        return TextFiles()

    def disclosure_files(self) -> "DisclosureFiles":
        """Return what reads files that are published or handed on."""
        from chengnuo.adapters.disclosure_files import DisclosureFileReader

        return DisclosureFileReader()

    def speed_logs(self) -> "SpeedLogs":
        """Return what reads logs of transfers."""
        from chengnuo.adapters.speed_logs import SpeedLogFiles

        return SpeedLogFiles()

    def package_labels(self) -> "PackageLabels":
        """Return what looks for labels in packages."""
        from chengnuo.adapters.packages.in_child import Bounds
        from chengnuo.adapters.packages.labels import ChildLabels
        from chengnuo.wiring.knowledge import inspection_knowledge, places_of_copies

        bounds = Bounds(reads=places_of_copies())
        return ChildLabels(knowledge=inspection_knowledge, bounds=bounds)

    def policies(self) -> "PolicySource":
        """Return what reads the text of privacy policies."""
        from chengnuo.adapters.policies.policy_file import PolicyFile

        return PolicyFile()

    def policy_readings(self) -> "Policies":
        """Return the use cases on policies."""
        from chengnuo.wiring.policies import policies

        return policies()

    def package_files(self) -> "PackageFiles":
        """Return what finds packages below a folder."""
        from chengnuo.adapters.packages.folder import PackageFolder

        return PackageFolder()

    def report_shelf(self) -> "ReportShelf":
        """Return what keeps the reports of many packages."""
        from chengnuo.adapters.packages.folder import ReportFolder

        return ReportFolder()
