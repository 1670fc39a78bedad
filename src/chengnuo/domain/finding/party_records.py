"""What dossiers and releases say of third parties, as the controls over them see it."""

from dataclasses import dataclass

from chengnuo.base.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SubPartySeen:
    """A further party that an entrusted party uses, by the register.

    Attributes:
        recipient: The entrusted party.
        name: The further party, as the register writes it.
        agreed: Whether it was agreed to in the supervision of the entrusted party.
        dossier: That supervision; empty for none.

    """

    recipient: str
    name: Text
    agreed: bool
    dossier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedSeen:
    """A recipient with which supervision is ending or has ended.

    Attributes:
        recipient: Its id.
        dossier: The supervision.
        activities: Activities of the register that name it still.

    """

    recipient: str
    dossier: str
    activities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SdkShipped:
    """An SDK of the newest release of an app.

    Attributes:
        app: The app.
        name: Name of the SDK.
        version: Its version; empty where it is not told.
        why: Why it has no approval in force; None where it has one.
        dossier: Vetting in which it is asked for; empty for none.

    """

    app: str
    name: str
    version: str
    why: Text | None
    dossier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseSeen:
    """The newest release of an app, as its package was inspected.

    Attributes:
        app: The app.
        version: Its version.
        open: The rules that found something in it that is not waived, with what is wrong.

    """

    app: str
    version: str
    open: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRecords:
    """What is known of third parties beside the register.

    Attributes:
        subs: Further parties.
        ended: Recipients that are being given up, or were.
        sdks: SDKs of the newest releases.
        released: The newest release of each app.
        too_many: Never so: every one is looked at, however many there are.

    """

    subs: tuple[SubPartySeen, ...] = ()
    ended: tuple[EndedSeen, ...] = ()
    sdks: tuple[SdkShipped, ...] = ()
    released: tuple[ReleaseSeen, ...] = ()
    too_many: bool = False
