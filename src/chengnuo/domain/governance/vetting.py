"""Vetting of kits: what was decided about an SDK, and which SDKs of an app have no approval.

Not the SDK of a name is approved but a version of it, for a time. Where a package does not tell the
version of an SDK, or the vetting does not, the two cannot be held to each other and the approval
counts. Of several vettings the latest counts, on one day a refusal before an approval; one that
lies ahead does not count yet. An SDK that is there as a stub needs none.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.finding.declared_sdks import DeclaredSdks
from chengnuo.domain.observation.inspection import Inspection, Presence, SdkSeen
from chengnuo.domain.observation.observation import Owner
from chengnuo.domain.observation.sdk_catalogue import SdkCatalogue
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import Recipient, VettingResult

_ANDROID = "android"


class KitDecision(StrEnum):
    """How a vetting ended."""

    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    """It was approved, and is no longer."""

    @property
    def text(self) -> Text:
        """The word shown for it."""
        return _DECISION_TEXTS[self]


_DECISION_TEXTS = {
    KitDecision.APPROVED: Text("批准", "approved"),
    KitDecision.REFUSED: Text("不批准", "refused"),
    KitDecision.WITHDRAWN: Text("撤销批准", "approval withdrawn"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VettedKit:
    """What was decided about one version of an SDK.

    Attributes:
        recipient: The recipient of the register that gets information through it; empty where the
            register has none.
        sdks: Ids of the catalogue that it may stand for.
        version: Its version; empty where it is not known.
        decision: What was decided.
        on: Day of the decision.
        expires: Last day on which it counts.

    """

    recipient: RecipientId
    sdks: frozenset[str]
    version: str
    decision: KitDecision
    on: date
    expires: date

    def is_about(self, owner: Owner) -> bool:
        """Tell whether it is about an SDK that was seen."""
        return not self.sdks.isdisjoint((owner.id, *owner.also))

    def fits(self, version: str) -> bool:
        """Tell whether it is about a version, as far as the two are known."""
        return not version or not self.version or version == self.version


class KitStanding(StrEnum):
    """How what was decided about a kit stands on a day."""

    IN_FORCE = "in-force"
    SOON = "soon"
    """It is in force, and ends before long."""
    EXPIRED = "expired"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    AHEAD = "ahead"
    """It was decided for a day that has not come."""


SOON_DAYS = 30


def standing_of(vetted: VettedKit, today: date) -> KitStanding:
    """Return how a vetting stands.

    Args:
        vetted: What was decided.
        today: Civil day in the mainland.

    """
    if vetted.on > today:
        return KitStanding.AHEAD
    if vetted.decision is not KitDecision.APPROVED:
        return KitStanding(vetted.decision.value)
    if vetted.expires < today:
        return KitStanding.EXPIRED
    is_soon = vetted.expires - today <= timedelta(days=SOON_DAYS)
    return KitStanding.SOON if is_soon else KitStanding.IN_FORCE


class NotVetted(StrEnum):
    """Why an SDK has no approval in force, the gravest first."""

    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NONE = "none"
    OTHER_VERSION = "other-version"
    EXPIRED = "expired"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _NOT_VETTED_TEXTS[self]


_NOT_VETTED_TEXTS = {
    NotVetted.REFUSED: Text("审查未通过", "vetting refused it"),
    NotVetted.WITHDRAWN: Text("批准已撤销", "its approval was withdrawn"),
    NotVetted.NONE: Text("没有审查记录", "no record of vetting"),
    NotVetted.OTHER_VERSION: Text("审查的是其他版本", "another version was vetted"),
    NotVetted.EXPIRED: Text("审查已过期", "its vetting has expired"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnvettedKit:
    """An SDK of an app that has no approval in force.

    Attributes:
        kit: The SDK, as it was seen.
        why: Why it has none.
        vetting: The vetting that does not do; None where there is none.

    """

    kit: SdkSeen
    why: NotVetted
    vetting: VettedKit | None = None


def unvetted(
    inspection: Inspection, vettings: Iterable[VettedKit], today: date
) -> tuple[UnvettedKit, ...]:
    """Return the SDKs of an app that have no approval in force, in the order of the inspection.

    Args:
        inspection: What was seen in the app.
        vettings: What was decided about SDKs, in any order.
        today: Civil day in the mainland.

    """
    return unvetted_of(inspection.sdks, vettings, today)


def unvetted_of(
    kits: Iterable[SdkSeen], vettings: Iterable[VettedKit], today: date
) -> tuple[UnvettedKit, ...]:
    """Return which of some SDKs have no approval in force; see `unvetted`."""
    past = sorted((one for one in vettings if one.on <= today), key=_order)
    found = (
        _standing(kit, [one for one in past if one.is_about(kit.owner)], today)
        for kit in kits
        if kit.presence is not Presence.STUB
    )
    return tuple(one for one in found if one is not None)


def registered_vettings(register: Register, catalogue: SdkCatalogue) -> Iterator[VettedKit]:
    """Yield the vettings that a register records with its recipients.

    A conditional approval is one: its conditions stand in the report that the row names. The
    version is the one Android version of the row, where it gives just one.
    """
    known = DeclaredSdks(recipients=register.recipients, catalogue=catalogue)
    for one in register.recipients:
        vetting = vetting_in_row(one)
        if vetting is not None:
            yield replace(vetting, sdks=known.ids(one))


def vetting_in_row(recipient: Recipient) -> VettedKit | None:
    """Return the vetting that a recipient has in the register, without telling which SDKs it is.

    None for a recipient that is no SDK, or has none.
    """
    kit, vetting = recipient.sdk, recipient.vetting
    if kit is None or vetting is None:
        return None
    refused = vetting.result is VettingResult.REJECTED
    return VettedKit(
        recipient=recipient.recipient,
        sdks=frozenset(),
        version=_only_version(kit.versions),
        decision=KitDecision.REFUSED if refused else KitDecision.APPROVED,
        on=vetting.on,
        expires=vetting.until,
    )


def _standing(kit: SdkSeen, vettings: Sequence[VettedKit], today: date) -> UnvettedKit | None:
    if not vettings:
        return UnvettedKit(kit=kit, why=NotVetted.NONE)
    fitting = [one for one in vettings if one.fits(kit.version)]
    if not fitting:
        return UnvettedKit(kit=kit, why=NotVetted.OTHER_VERSION, vetting=vettings[-1])
    last = fitting[-1]
    if last.decision is not KitDecision.APPROVED:
        return UnvettedKit(kit=kit, why=NotVetted(last.decision.value), vetting=last)
    if last.expires < today:
        return UnvettedKit(kit=kit, why=NotVetted.EXPIRED, vetting=last)
    return None


def _order(one: VettedKit) -> tuple[date, bool, date, str]:
    return (one.on, one.decision is not KitDecision.APPROVED, one.expires, one.recipient)


def _only_version(versions: Iterable[str]) -> str:
    """Return the Android version that a row gives, if it is one.

    >>> _only_version(["android 9.8.5", "ios 7.5.3"])
    '9.8.5'
    >>> _only_version(["android 5.3.1", "android 5.4.0"])
    ''

    """
    parts = (one.casefold().split() for one in versions)
    found = {words[-1] for words in parts if words and _is_android(words)}
    return found.pop() if len(found) == 1 else ""


def _is_android(words: Sequence[str]) -> bool:
    return _ANDROID in words or (len(words) == 1 and words[0][:1].isdigit())
