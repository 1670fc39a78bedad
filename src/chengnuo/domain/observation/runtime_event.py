"""One event of a recorded run: a call that was made or something that was sent, without its values.

An importer makes these from the log of a tool. What a call was given or gave back, a body, the
value of a parameter: none of it is kept, only the names of fields and the kinds of personal
information found in them. Judging whose it is and what it touches is left to `domain/inspection`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.engines.text.kinds import Kind


class LogForm(StrEnum):
    """The format of a log; the value is what `--format` takes."""

    HAR = "har"
    PCAP = "pcap"
    PCAPNG = "pcapng"
    CAMILLE = "camille"
    PRIVACY_SENTRY = "privacy-sentry"
    APPSCAN = "appscan"
    FRIDA = "frida"
    MOBSF = "mobsf"
    IOS_REPORT = "ios-report"
    APPOPS = "appops"
    HEGUI = "hegui"


class RunPhase(StrEnum):
    """When, by a marker of the log or a time that the tester gave; never guessed."""

    BEFORE_CONSENT = "before-consent"
    AFTER_CONSENT = "after-consent"
    UNKNOWN = "unknown"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _PHASES[self]


_PHASES = {
    RunPhase.BEFORE_CONSENT: Text("同意之前", "before consent"),
    RunPhase.AFTER_CONSENT: Text("同意之后", "after consent"),
    RunPhase.UNKNOWN: Text("时间不明", "time not known"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One frame of a stack of Java.

    Attributes:
        class_name: Class, with dots.
        method: Name of the method, without its prototype.

    """

    class_name: str
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What went over the network.

    Attributes:
        host: Name of the host, or its address where no name was seen; lower case.
        scheme: `https`, `http`, `tls`, `quic` or `dns` (a name was only asked for).
        method: Method of HTTP, or empty.
        port: Port, or 0.
        keys: Names of parameters and fields that were sent.
        bytes_out: Bytes sent, or -1 where the log does not tell.

    """

    host: str
    scheme: str
    method: str = ""
    port: int = 0
    keys: tuple[str, ...] = ()
    bytes_out: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class RuntimeEvent:
    """One event.

    Attributes:
        row: Its record in the file, from 1: row of a sheet, line, entry or packet.
        at: When, microseconds since 1970; None where the log does not tell.
        phase: Before or after consent, where the log marks it.
        label: Whose it is in the words of the tool; a hint for people, never decisive.
        action: What was done, in the words of the tool, without values.
        signature: The call, as `android.telephony.TelephonyManager->getDeviceId`; without a class
            only the method; empty where the log does not tell.
        signs: Names that say what is touched, as `FINE_LOCATION` or `photos`.
        stack: Frames, newest first.
        names: Names among the arguments of the call: of packages, of providers, of system settings.
        kinds: Kinds of personal information found in arguments or in what was sent.
        is_cached: Whether the tool answered from its cache, so that nothing was read.
        in_background: Whether the log says that the app was not on the screen.
        sent: What went over the network, where something did.

    """

    row: int
    at: int | None = None
    phase: RunPhase = RunPhase.UNKNOWN
    label: str = ""
    action: str = ""
    signature: str = ""
    signs: tuple[str, ...] = ()
    stack: tuple[Frame, ...] = ()
    names: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    is_cached: bool = False
    in_background: bool = False
    sent: Sent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A part of a log that could not be read.

    Attributes:
        row: The record at which it begins, or 0 for the whole.
        why: What is wrong with it, in words.

    """

    row: int
    why: str


@dataclass(slots=True, kw_only=True)
class BehaviourLog:
    """A log that is being read: the events come as they are asked for, once.

    Attributes:
        name: Name of the file, without its folder.
        sha256: SHA-256 of the file, 64 hex digits.
        size: Its size in bytes.
        form: Its format.
        events: The events, in the order of the file.
        lost: What could not be read; whole once the events are through.

    """

    name: str
    sha256: str
    size: int
    form: LogForm
    events: Iterator[RuntimeEvent]
    lost: list[Lost] = field(default_factory=list)
