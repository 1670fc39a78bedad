"""Vetting of SDKs across dossiers, inspected kits and releases.

A dossier asks the questions and holds the approval; the inspection is a kit of the console; a
release shows which SDKs an app has. An SDK of the newest release of an app without an approval in
force is a finding, and where the register knows whose it is, the questions go out by themselves:
of a new version, or because the approval ends.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Dossier, DossierId
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.sort import DossierSort
from chengnuo.domain.dossier.sorts.sdk_vetting import (
    ANEW,
    APPROVE,
    APPROVED,
    ASK,
    INSPECT,
    SDK_VETTING,
    UNTIL,
    VERSION,
)
from chengnuo.domain.dossier.standing import state_of
from chengnuo.domain.finding.declared_sdks import DeclaredSdks
from chengnuo.domain.finding.party_controls import RULES_OF_RELEASES
from chengnuo.domain.governance.release import Release, ReleaseId, ReleaseState
from chengnuo.domain.governance.sdk_dossier import (
    decided_in,
    kit_of,
    why_not_approved,
    why_not_this_kit,
)
from chengnuo.domain.governance.vetting import (
    SOON_DAYS,
    NotVetted,
    UnvettedKit,
    VettedKit,
    unvetted_of,
)
from chengnuo.domain.observation.inspection import Presence, SdkSeen
from chengnuo.domain.observation.sdk_catalogue import SdkCatalogue, SdkId
from chengnuo.domain.register.ids import AppId, RecipientId
from chengnuo.domain.register.model import Register
from chengnuo.law.civil import civil_date
from chengnuo.ports.dossiers import DossierStore
from chengnuo.ports.kit_vettings import KitStore
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.guarding import SERVICE
from chengnuo.usecases.governance.releasing import ReleaseDesk, ReleaseReportLostError

ANSWER_DAYS = 30
"""How long a recipient has for its answers when the service asks; a yardstick of ours."""
_SHIPPED = frozenset({ReleaseState.INSPECTED, ReleaseState.SIGNED_OFF})
_ANEW_FOR = {NotVetted.OTHER_VERSION: "new-version", NotVetted.EXPIRED: "expiry"}


def vetted_in_dossiers(
    store: DossierStore, register: Register, catalogue: SdkCatalogue
) -> tuple[VettedKit, ...]:
    """Return what was decided about SDKs in dossiers."""
    return tuple(decided_in(store.every([SDK_VETTING.id]), register, catalogue))


@dataclass(frozen=True, slots=True, kw_only=True)
class SdkRefusals:
    """Holds acts of vettings to the inspected kits.

    Attributes:
        kits: Keeps these.

    """

    kits: KitStore

    def refuses(
        self,
        sort: DossierSort,
        dossier: Dossier | None,
        what: str,
        fields: Mapping[str, Value],
        at: datetime,
    ) -> Text | None:
        """Say why an act cannot be done now, or None."""
        if sort.id != SDK_VETTING.id or dossier is None or what not in {INSPECT, APPROVE}:
            return None
        wanted = kit_of(dossier, fields)
        kit = next((one for one in self.kits.every() if one.id == wanted), None)
        if what == INSPECT:
            return why_not_this_kit(dossier, kit)
        return why_not_approved(dossier, fields, kit, civil_date(at))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What is kept in memory of the report of a release."""

    sdks: tuple[SdkSeen, ...]
    found: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SdksInReleases:
    """The SDKs of the newest release of each app, and which of them have no approval in force.

    Attributes:
        releases: The desk of releases.
        catalogue: Gives the SDKs that are known.

    """

    releases: ReleaseDesk
    catalogue: Callable[[], SdkCatalogue]
    _seen: dict[ReleaseId, _Seen] = field(default_factory=dict, repr=False)

    @property
    def asked(self) -> bool:
        """Whether SDKs have to be approved: some were vetted, or the gate asks for it."""
        return self.releases.require_vetting or bool(self.releases.vettings())

    def newest(self) -> dict[AppId, Release]:
        """Return the newest release of each app that was looked into and not sent back."""
        found: dict[AppId, Release] = {}
        for one in self.releases.store.every():
            if one.state in _SHIPPED:
                found.setdefault(one.app, one)
        return found

    def sdks(self, release: Release) -> tuple[SdkSeen, ...]:
        """Return the SDKs in a release, stubs left out; none where its report is lost."""
        seen = self._look(release)
        return () if seen is None else seen.sdks

    def found(self, release: Release) -> tuple[tuple[str, Text], ...] | None:
        """Return rules that found something covert or about faces, with what is wrong.

        None where the report of the release is lost.
        """
        seen = self._look(release)
        return None if seen is None else seen.found

    def _look(self, release: Release) -> _Seen | None:
        if release.id not in self._seen:
            try:
                report = self.releases.report(release)
            except ReleaseReportLostError:
                return None
            self._seen[release.id] = _Seen(
                sdks=tuple(
                    one for one in report.inspection.sdks if one.presence is not Presence.STUB
                ),
                found=tuple(
                    (one.rule, one.title)
                    for one in report.findings
                    if one.is_open and one.rule in RULES_OF_RELEASES
                ),
            )
        return self._seen[release.id]

    def unvetted(self, today: date) -> Iterator[tuple[Release, UnvettedKit]]:
        """Yield the SDKs without an approval in force, by app.

        Where nothing was ever vetted and nothing has to be, none is named.
        """
        newest = self.newest()
        if not newest:
            return  # before the catalogue of SDKs is read, which takes room
        vettings = self.releases.vettings()
        if vettings or self.releases.require_vetting:
            for release in newest.values():
                for one in unvetted_of(self.sdks(release), vettings, today):
                    yield release, one

    def name(self, kit: SdkSeen) -> str:
        """Return what an SDK is called in the catalogue; its id where that has none."""
        known = self.catalogue().sdks.get(SdkId(kit.owner.id))
        return kit.owner.id if known is None else known.name.zh

    def owners(self, kit: SdkSeen) -> tuple[RecipientId, ...]:
        """Return the recipients of the register whose SDK it may be."""
        rows = self.releases.register.served.register.recipients
        known = DeclaredSdks(recipients=rows, catalogue=self.catalogue())
        return tuple(one.recipient for one in known.of(kit.owner))


@dataclass(frozen=True, slots=True, kw_only=True)
class SdkVettingsDue:
    """Sends questions out by itself.

    Attributes:
        desk: The desk of dossiers.
        seen: What releases show.

    """

    desk: DossierDesk
    seen: SdksInReleases

    def open(self) -> tuple[DossierId, ...]:
        """Ask what has to be asked and is not asked yet; return where that was done."""
        if self.seen.releases.register.current() is None:
            return ()
        today = civil_date(self.desk.clock.now())
        begun = self._begun()
        done = [self._ends(one) for one in begun.values() if _ends_soon(one, today)]
        for _, found in self.seen.unvetted(today):
            for recipient in self.seen.owners(found.kit):
                dossier = begun.get(recipient)
                if dossier is None:
                    done.append(self._ask(recipient, found))
                elif self._is_due(dossier, found):
                    version, why = found.kit.version, _ANEW_FOR[found.why]
                    done.append(self._anew(dossier, version, why))
        return tuple(done)

    def _begun(self) -> dict[str, Dossier]:
        """Return the open vetting of each recipient."""
        found = self.desk.store.every([SDK_VETTING.id], open_only=True)
        return {str(one.value("recipient")): one for one in found}

    def _is_due(self, dossier: Dossier, found: UnvettedKit) -> bool:
        still = self.desk.store.one(dossier.id)
        return (
            still is not None
            and state_of(SDK_VETTING, still).id == APPROVED
            and found.why in _ANEW_FOR
        )

    def _ask(self, recipient: RecipientId, found: UnvettedKit) -> DossierId:
        said = {
            "recipient": str(recipient),
            **self._terms(found.kit.version, _ANEW_FOR.get(found.why, "new")),
        }
        key = f"sdk-vetting:{recipient}:{found.kit.version}"
        return self.desk.open(SDK_VETTING.id, ASK, SERVICE, said, key=key).dossier.id

    def _ends(self, dossier: Dossier) -> DossierId:
        started = dossier.last(ASK, ANEW)
        version = "" if started is None else str(started.fields.get(VERSION, ""))
        return self._anew(dossier, version, "expiry")

    def _anew(self, dossier: Dossier, version: str, why: str) -> DossierId:
        terms = self._terms(version, why)
        return self.desk.act(dossier.id, ANEW, SERVICE, terms).dossier.id

    def _terms(self, version: str, why: str) -> dict[str, Value]:
        by = civil_date(self.desk.clock.now()) + timedelta(days=ANSWER_DAYS)
        return {VERSION: version, "why": why, "answer-by": by.isoformat()}


def _ends_soon(dossier: Dossier, today: date) -> bool:
    approved = dossier.last(APPROVE)
    if approved is None or state_of(SDK_VETTING, dossier).id != APPROVED:
        return False
    until = date.fromisoformat(str(approved.fields[UNTIL]))
    return until - today <= timedelta(days=SOON_DAYS)
