"""The pages of releases and what inspects beside them, joined for the service."""

from collections.abc import Callable
from dataclasses import dataclass

from litestar import Router

from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.governance.kit_vetting import vetted_kits
from chengnuo.domain.governance.release_clock import DAYS
from chengnuo.domain.governance.vetting import VettedKit, registered_vettings
from chengnuo.domain.observation.sdk_catalogue import SdkCatalogue
from chengnuo.doors.inspection_report_form import read_report
from chengnuo.doors.version import VERSION
from chengnuo.doors.web.console_kits import KitHouse, kit_pages
from chengnuo.doors.web.console_releases import ReleaseHouse, release_pages
from chengnuo.doors.web.release_worker import ReleaseWorker
from chengnuo.ports.checkpoint_signing import LogSigner
from chengnuo.ports.clock import Clock
from chengnuo.ports.kit_vettings import KitStore
from chengnuo.ports.package_reports import PackagePageWriter
from chengnuo.ports.releases import ReleaseFiles, ReleaseStore
from chengnuo.ports.secrets import Tokens
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.evidence.desk import EvidenceDesk
from chengnuo.usecases.governance.inspecting import ReleaseInspector
from chengnuo.usecases.governance.kit_desk import KitDesk
from chengnuo.usecases.governance.kit_inspecting import KitInspector
from chengnuo.usecases.governance.releasing import ReleaseDesk
from chengnuo.usecases.governance.sdk_vettings import SdksInReleases, vetted_in_dossiers
from chengnuo.usecases.inspection.inspections import Inspections
from chengnuo.usecases.register_desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasesOutside:
    """What releases stand on.

    Attributes:
        store: Keeps what is known of them.
        files: Keeps packages and papers.
        signer: Signs attestations with the keys of the log.
        inspections: Gives what inspects; it takes room, so it is asked for when a package waits.
        words: Gives where the words of reports are looked up, and the SDKs that are known.
        page: Gives what writes a report as a page, and the picture of a first start.
        limit_bytes: How large a package may be.
        days: How many calendar days an answer may take.
        kits: Keeps what is known of vettings of kits.
        kit_files: Keeps their packages and papers.
        require_vetting: Whether an SDK without an approval in force fails the gate.

    """

    store: ReleaseStore
    files: ReleaseFiles
    kits: KitStore
    kit_files: ReleaseFiles
    signer: LogSigner
    inspections: Callable[[], Inspections]
    words: Callable[[], ReportWords]
    page: Callable[[], PackagePageWriter]
    limit_bytes: int
    days: int = DAYS
    require_vetting: bool = False

    def vettings(self, register: Desk, dossiers: DossierDesk | None) -> tuple[VettedKit, ...]:
        """Return what was decided about SDKs: in the register, of kits, and in dossiers."""
        catalogue, served = self.sdks(), register.served.register
        in_register = registered_vettings(served, catalogue)
        more = () if dossiers is None else vetted_in_dossiers(dossiers.store, served, catalogue)
        return (*in_register, *vetted_kits(self.kits.every()), *more)

    def sdks(self) -> SdkCatalogue:
        """Return the SDKs that are known."""
        return self.words().knowledge.sdks


@dataclass(frozen=True, slots=True, kw_only=True)
class Releases:
    """Releases in a running service.

    Attributes:
        pages: Their pages.
        close: Ends what inspects.
        seen: The SDKs of the newest releases; None where none are taken.
        desk: The use cases around them; None likewise.
        kits: The use cases around vettings of kits; None likewise.

    """

    pages: list[Router]
    close: Callable[[], None]
    seen: SdksInReleases | None = None
    desk: ReleaseDesk | None = None
    kits: KitDesk | None = None


def releases_of(  # noqa: PLR0913, PLR0917  what they are joined from
    outside: ReleasesOutside | None,
    desk: Desk,
    evidence: EvidenceDesk,
    enabled_accounts: Callable[[], int],
    tokens: Tokens,
    clock: Clock,
    dossiers: DossierDesk | None,
) -> Releases:
    """Return releases, being inspected from now on; nothing where they are not taken."""
    if outside is None:
        return Releases(pages=[], close=lambda: None)
    releases = ReleaseDesk(
        store=outside.store,
        files=outside.files,
        register=desk,
        recorder=evidence.recorder,
        prover=evidence.prover,
        signer=outside.signer,
        read_report=read_report,
        enabled_accounts=enabled_accounts,
        tokens=tokens,
        clock=clock,
        vettings=lambda: outside.vettings(desk, dossiers),
        require_vetting=outside.require_vetting,
    )
    kits = KitDesk(store=outside.kits, files=outside.kit_files, releases=releases)
    inspections, page, tool = outside.inspections, outside.page, f"chengnuo {VERSION}"
    worker = ReleaseWorker(
        ReleaseInspector(desk=releases, inspections=inspections, page=page, tool=tool),
        KitInspector(desk=kits, inspections=inspections, page=page, tool=tool),
    )
    house = ReleaseHouse(
        desk=releases,
        register=desk,
        words=outside.words,
        picture=lambda report, words, lang: outside.page().start_picture(report, words, lang),
        wake=worker.wake,
        limit_bytes=outside.limit_bytes,
        days=outside.days,
    )
    pages = [*release_pages(house), *kit_pages(KitHouse(desk=kits, releases=house))]
    seen = SdksInReleases(releases=releases, catalogue=outside.sdks)
    return Releases(pages=pages, close=worker.close, seen=seen, desk=releases, kits=kits)
