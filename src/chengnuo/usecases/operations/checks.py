"""What a check of an installation says: what it is about, how that stands, what to do."""

from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.errors import ChengnuoError
from chengnuo.base.text import Text

GIB = 1 << 30
MIB = 1 << 20


class Subject(StrEnum):
    """What a check is about, in the order in which they are said."""

    PYTHON = "python"
    PACKAGES = "packages"
    EXTRAS = "extras"
    PAPER = "paper"
    CHILD = "child"
    LAW = "law"
    CALENDAR = "calendar"
    SETTINGS = "settings"
    REGISTER = "register"
    DATA_FOLDER = "data-folder"
    DATABASE = "database"
    LOG = "log"
    CLOCK = "clock"
    SECRETS = "secrets"
    EPOCH_KEY = "epoch-key"
    PLANES = "planes"
    PORT = "port"
    PROVIDER = "provider"


class State(StrEnum):
    """How a matter stands."""

    WELL = "well"
    NOTE = "note"  # worth knowing; nothing has to be done
    DUE = "due"
    UNKNOWN = "unknown"  # it could not be looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What one check says.

    Attributes:
        subject: What it is about.
        state: How that stands.
        says: What was seen.
        advice: What to do; None if nothing has to be done.
        error: What the program itself would be stopped by.

    """

    subject: Subject
    state: State
    says: Text
    advice: Text | None = None
    error: ChengnuoError | None = None


def well(subject: Subject, zh: str, en: str) -> Check:
    """Return that something is well."""
    return Check(subject=subject, state=State.WELL, says=Text(zh, en))


def note(subject: Subject, says: Text, advice: Text | None = None) -> Check:
    """Return that something is worth knowing."""
    return Check(subject=subject, state=State.NOTE, says=says, advice=advice)


def todo(subject: Subject, says: Text, advice: Text) -> Check:
    """Return that something has to be done."""
    return Check(subject=subject, state=State.DUE, says=says, advice=advice)


def room(count: int) -> str:
    """Return a number of bytes in words."""
    if count >= GIB:
        return f"{count / GIB:.1f} GiB"
    return f"{count // MIB} MiB"
