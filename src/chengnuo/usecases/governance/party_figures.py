"""Third parties as the pledge board looks at them, beside what the register says of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.sorts.sdk_vetting import SDK_VETTING
from chengnuo.domain.dossier.sorts.supervision import (
    ASK_SUB,
    CONSENT_SUB,
    END,
    SUPERVISION,
)
from chengnuo.domain.finding.live import LiveRun, run_all
from chengnuo.domain.finding.party_controls import CONTROLS
from chengnuo.domain.finding.party_records import (
    EndedSeen,
    PartyRecords,
    ReleaseSeen,
    SdkShipped,
    SubPartySeen,
)
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import RecipientRole
from chengnuo.law.civil import civil_date
from chengnuo.ports.dossiers import DossierStore
from chengnuo.usecases.dossier.whole_sort import every_one
from chengnuo.usecases.governance.sdk_vettings import SdksInReleases
from chengnuo.usecases.register_desk import Desk


@dataclass(slots=True, kw_only=True)
class Watched:
    """What the supervisions of one recipient say together.

    Attributes:
        first: The one that is due first.
        newest: The one opened last, and when.
        is_over: Whether every one is ending or over.
        agreed: Further parties that were agreed to, by their names in small letters.

    """

    first: str
    newest: tuple[datetime, str]
    is_over: bool = True
    agreed: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFigures:
    """Runs the controls.

    Attributes:
        store: Keeps dossiers.
        register: The register in force.
        seen: What releases show; None where none are taken.

    """

    store: DossierStore
    register: Desk
    seen: SdksInReleases | None

    def runs(self, now: datetime) -> tuple[LiveRun, ...]:
        """Run the controls as of an instant.

        Raises:
            UnavailableError: Dossiers cannot be read now.

        """
        return run_all(CONTROLS, self.of(civil_date(now)))

    def of(self, today: date) -> PartyRecords:
        """Return what is looked at."""
        served = self.register.current()
        if served is None:
            return PartyRecords()
        watched = watched_of(every_one(self.store, SUPERVISION))
        return PartyRecords(
            subs=sub_parties(served.register, watched),
            ended=_ended(served.register, watched),
            sdks=self._sdks(today),
            released=tuple(self._released()),
        )

    def _released(self) -> Iterator[ReleaseSeen]:
        if self.seen is None:
            return
        for app, release in self.seen.newest().items():
            found = self.seen.found(release)
            if found is not None and release.result is not None:
                yield ReleaseSeen(app=str(app), version=release.result.version_name, open=found)

    def _sdks(self, today: date) -> tuple[SdkShipped, ...]:
        if self.seen is None:
            return ()
        newest = self.seen.newest()
        if not newest or not self.seen.asked:
            return ()
        missing = {
            (release.app, one.kit.owner): one.why.text for release, one in self.seen.unvetted(today)
        }
        vetting = {
            str(one.value("recipient")): one.id
            for one in self.store.every([SDK_VETTING.id], open_only=True)
        }
        return tuple(
            SdkShipped(
                app=str(app),
                name=self.seen.name(kit),
                version=kit.version,
                why=missing.get((app, kit.owner)),
                dossier=next((vetting[one] for one in self.seen.owners(kit) if one in vetting), ""),
            )
            for app, release in newest.items()
            for kit in self.seen.sdks(release)
        )


def watched_of(supervisions: Iterable[Dossier]) -> dict[str, Watched]:
    """Return what supervisions say of each recipient, what is due first first."""
    found = dict[str, Watched]()
    for one in supervisions:
        opened = (one.opened_at, str(one.id))
        its = found.setdefault(
            str(one.value("recipient")), Watched(first=str(one.id), newest=opened)
        )
        its.newest = max(its.newest, opened)
        its.is_over = its.is_over and one.last(END) is not None
        its.agreed |= _agreed(one)
    return found


def _agreed(dossier: Dossier) -> set[str]:
    """Return who was agreed to, by the request that each consent answered."""
    found, asked = set[str](), ""
    for act in dossier.acts:
        if act.what == ASK_SUB:
            asked = str(act.fields.get("sub-recipient", ""))
        if act.what == CONSENT_SUB:
            found.add(asked.casefold())
    return found


def sub_parties(register: Register, watched: Mapping[str, Watched]) -> tuple[SubPartySeen, ...]:
    """Return the further parties of entrusted parties, and whether each was agreed to."""
    found = list[SubPartySeen]()
    for one in register.recipients:
        if one.role is not RecipientRole.ENTRUSTED or not one.sub_recipients:
            continue
        its = watched.get(one.recipient)
        agreed = set[str]() if its is None else its.agreed
        found.extend(
            SubPartySeen(
                recipient=one.recipient,
                name=name,
                agreed=not agreed.isdisjoint({name.zh.casefold(), (name.en or "").casefold()}),
                dossier="" if its is None else its.first,
            )
            for name in one.sub_recipients
        )
    return tuple(found)


def _ended(register: Register, watched: Mapping[str, Watched]) -> tuple[EndedSeen, ...]:
    """Return recipients of which every supervision is ending or over, with the newest."""
    return tuple(
        EndedSeen(
            recipient=recipient,
            dossier=its.newest[1],
            activities=tuple(
                one.activity for one in register.activities_with(RecipientId(recipient))
            ),
        )
        for recipient, its in watched.items()
        if its.is_over
    )
