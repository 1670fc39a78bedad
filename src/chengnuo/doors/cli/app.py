"""What the commands are given: use cases, made when first asked for; `--help` loads none."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from chengnuo.base.text import Lang

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from chengnuo.domain.evidence.note import Verify
    from chengnuo.domain.register.model import Register
    from chengnuo.law.catalogue import Catalogue
    from chengnuo.ports.disclosure_files import DisclosureFiles
    from chengnuo.ports.drift_documents import DriftWriter
    from chengnuo.ports.log_verifier import LogVerifier
    from chengnuo.ports.mask_vault import MaskVault
    from chengnuo.ports.package_labels import PackageLabels
    from chengnuo.ports.package_reports import PackageFiles, PackageReportWriter, ReportShelf
    from chengnuo.ports.policies import PolicySource
    from chengnuo.ports.publication_place import PublicationPlace
    from chengnuo.ports.secrets import Signer
    from chengnuo.ports.speed_logs import SpeedLogs
    from chengnuo.ports.store_look import StoreLooks
    from chengnuo.ports.texts import TextSource
    from chengnuo.usecases.disclosure import Publisher
    from chengnuo.usecases.evidence.tools import Reading, Writing
    from chengnuo.usecases.exchange import Exchange
    from chengnuo.usecases.governance.duty_tools import DutyTools
    from chengnuo.usecases.incident.room import IncidentRoom
    from chengnuo.usecases.inspection.behaviour import Behaviours
    from chengnuo.usecases.inspection.drafting import Drafting
    from chengnuo.usecases.inspection.inspections import Inspections
    from chengnuo.usecases.inspection.policies import Policies
    from chengnuo.usecases.pricing.audits import PriceAudits
    from chengnuo.usecases.pricing.explaining import PriceExplainer
    from chengnuo.usecases.pricing.probing import Prober
    from chengnuo.usecases.register_setting import RegisterSetting
    from chengnuo.usecases.registers import Registers
    from chengnuo.usecases.rights.desk import RightsDesk
    from chengnuo.usecases.rights.planner import Planner
    from chengnuo.usecases.rights.received_desk import ReceivedDesk
    from chengnuo.usecases.starting import Starting
    from chengnuo.usecases.stores.scanning import StoreScans
    from chengnuo.usecases.texts import Texts


class App(Protocol):
    """The program as the command line sees it."""

    @property
    def lang(self) -> Lang:
        """The language to speak."""
        ...

    def in_lang(self, lang: Lang) -> Self:
        """Return the same program speaking a language."""
        ...

    def catalogue(self) -> "Catalogue":
        """Return the law catalogue."""
        ...

    def registers(self) -> "Registers":
        """Return the use cases on register folders."""
        ...

    def register_setting(self) -> "RegisterSetting":
        """Return the use case of setting values of a register."""
        ...

    def exchange(self) -> "Exchange":
        """Return the use cases on other formats."""
        ...

    def publisher(self) -> "Publisher":
        """Return the use case of publishing."""
        ...

    def publication_place(self, folder: Path) -> "PublicationPlace":
        """Return a folder as a place for publications."""
        ...

    def evidence_reading(
        self, data: Path | None, settings_file: Path | None
    ) -> "AbstractContextManager[Reading]":
        """Open the log of a data folder to read it.

        Raises:
            NoLogError: There is none.

        """
        ...

    def evidence_writing(
        self,
        data: Path | None,
        settings_file: Path | None,
        *,
        origin: str = "",
        make: bool = False,
    ) -> "AbstractContextManager[Writing]":
        """Open the log of a data folder to write it.

        Raises:
            NoLogError: There is none, and none shall be made.
            LogLockedError: A service writes it.

        """
        ...

    def evidence_check(
        self, data: Path | None, settings_file: Path | None, on_records: Callable[[int], None]
    ) -> Iterator[tuple[str, str]]:
        """Yield the file and what is wrong with it, for everything kept of a log.

        Raises:
            NoLogError: There is none.

        """
        ...

    def inspections(self, *, memory_bytes: int, wall_s: float) -> "Inspections":
        """Return the use cases on packages.

        Args:
            memory_bytes: Memory that one inspection may take.
            wall_s: Time that one inspection may take, in seconds.

        """
        ...

    def behaviours(self) -> "Behaviours":
        """Return the use cases on logs of behaviour."""
        ...

    def drift_writers(self) -> "Mapping[str, DriftWriter]":
        """Return what writes tables of drift as documents, by the names of the formats."""
        ...

    def price_audits(self, *, memory_bytes: int, threads: int) -> "PriceAudits":
        """Return the use case of auditing logs of quotes.

        Args:
            memory_bytes: Memory that reading may take.
            threads: How many threads read.

        """
        ...

    def price_explainer(self, *, memory_bytes: int, threads: int) -> "PriceExplainer":
        """Return the use case of explaining one price of a log.

        Args:
            memory_bytes: Memory that reading may take.
            threads: How many threads read.

        """
        ...

    def prober(self) -> "Prober":
        """Return the use case of probing endpoints of one's own."""
        ...

    def drafting(self, *, memory_bytes: int, wall_s: float) -> "Drafting":
        """Return the use case that drafts registers from packages.

        Args:
            memory_bytes: Memory that an inspection may take.
            wall_s: Time that an inspection may take, in seconds.

        """
        ...

    def starting(self) -> "Starting":
        """Return the use case of beginning."""
        ...

    def package_writers(self) -> "Mapping[str, PackageReportWriter]":
        """Return what writes reports of packages as documents, by the names of the formats."""
        ...

    def signer(self, key: Path) -> "Signer":
        """Return what signs with the key of a file.

        Raises:
            KeyFileError: It cannot be read, is readable by others, or holds something else.

        """
        ...

    def is_signature(self) -> "Verify":
        """Return what checks a signature."""
        ...

    def policies(self) -> "PolicySource":
        """Return what reads the text of privacy policies."""
        ...

    def disclosure_files(self) -> "DisclosureFiles":
        """Return what reads files that are published or handed on."""
        ...

    def speed_logs(self) -> "SpeedLogs":
        """Return what reads logs of transfers."""
        ...

    def package_labels(self) -> "PackageLabels":
        """Return what looks for labels in packages."""
        ...

    def policy_readings(self) -> "Policies":
        """Return the use cases on policies."""
        ...

    def package_files(self) -> "PackageFiles":
        """Return what finds packages below a folder."""
        ...

    def report_shelf(self) -> "ReportShelf":
        """Return what keeps the reports of many packages."""
        ...

    def log_verifier(self, folder: Path) -> "LogVerifier":
        """Return the separate verifier for the public folder of a log."""
        ...

    def rights_planner(
        self, register: "Register", connections: Path | None
    ) -> "AbstractContextManager[Planner]":
        """Open the stores of a register to plan by; nothing is kept once it ends.

        Args:
            register: The register that names the stores.
            connections: TOML file with the address of each connection by its name; None for
                environment variables of those names.

        """
        ...

    def rights_working(
        self, data: Path | None, settings_file: Path | None
    ) -> "AbstractContextManager[RightsDesk]":
        """Open the requests of a data folder to carry them out.

        Raises:
            NoLogError: There is no log.
            LogLockedError: A service writes it.

        """
        ...

    def duties(
        self, data: Path | None, settings_file: Path | None, *, writing: bool
    ) -> "AbstractContextManager[DutyTools]":
        """Open the dossiers of a data folder: to act in them, or to look beside a service."""
        ...

    def rights_reading(
        self, data: Path | None, settings_file: Path | None
    ) -> "AbstractContextManager[RightsDesk]":
        """Open the requests of a data folder to look at them, beside whoever writes.

        Raises:
            NoLogError: There is no log.

        """
        ...

    def rights_received(
        self, data: Path | None, settings_file: Path | None, *, recording: bool
    ) -> "AbstractContextManager[ReceivedDesk]":
        """Open what was moved here from other handlers.

        Args:
            data: The data folder; None for that of the settings.
            settings_file: The settings; None for none.
            recording: Whether something is taken out, which is recorded.

        Raises:
            NoLogError: There is no log.
            LogLockedError: A service writes it, and something is to be recorded.

        """
        ...

    def incidents(
        self, data: Path | None, settings_file: Path | None, *, writing: bool
    ) -> "AbstractContextManager[IncidentRoom]":
        """Open the incidents and canaries of a data folder.

        Args:
            data: The data folder; None for that of the settings.
            settings_file: The settings; None for none.
            writing: Whether something is done, which is recorded.

        Raises:
            NoLogError: There is no log.
            LogLockedError: A service writes it, and something is to be recorded.

        """
        ...

    def store_scans(self) -> "StoreScans":
        """Return the use case of looking into stores."""
        ...

    def store_looks(
        self, register: "Register", connections: Path | None, settings_file: Path | None
    ) -> "StoreLooks":
        """Return what opens the stores of a register to look into them.

        Args:
            register: The register that names the stores.
            connections: TOML file with the address of each connection by its name; None for the
                files that the settings name, else environment variables of those names.
            settings_file: The settings; None for none.

        """
        ...

    def texts(self, *, deep: bool = False) -> "Texts":
        """Return the use cases on text; the deep search asks a model of words, too."""
        ...

    def mask_vault(self, file: Path, key: bytes) -> "MaskVault":
        """Open a vault of masked values, making it if it is not there.

        Raises:
            NotAMaskVaultError: The file is something else, or of another key.

        """
        ...

    def text_source(self) -> "TextSource":
        """Return what reads text."""
        ...
