"""Logs of behaviour as files: told by their content, hashed, and opened for reading."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from chengnuo.adapters.behaviour_logs import appscan, camille, payloads, privacy_sentry
from chengnuo.adapters.behaviour_logs.captures import Capture
from chengnuo.adapters.behaviour_logs.har import har_events
from chengnuo.adapters.behaviour_logs.hegui import CALL, hegui_events
from chengnuo.adapters.behaviour_logs.lines import lines, text_of
from chengnuo.adapters.behaviour_logs.packets import (
    PCAP_MAGICS,
    PCAPNG_MAGIC,
    pcap_packets,
    pcapng_packets,
)
from chengnuo.adapters.behaviour_logs.seen_requests import REQUEST
from chengnuo.adapters.behaviour_logs.sentry_lines import TAG, sentry_line_events
from chengnuo.adapters.behaviour_logs.sheets import (
    OLE_MAGIC,
    ZIP_MAGIC,
    NotASheetError,
    Sheet,
)
from chengnuo.adapters.behaviour_logs.system_records import (
    APPOP,
    operation_events,
    report_events,
)
from chengnuo.adapters.behaviour_logs.values import KindsIn
from chengnuo.adapters.behaviour_logs.workbooks import sheets_in
from chengnuo.domain.observation.runtime_event import BehaviourLog, LogForm, Lost, RuntimeEvent
from chengnuo.ports.behaviour_logs import NotABehaviourLogError

_HEAD: Final = 1 << 16
_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class BehaviourLogFiles:
    """`BehaviourLogs` of this machine.

    Attributes:
        kinds_in: Finds kinds of personal information in a text.

    """

    kinds_in: KindsIn

    def opened(self, path: Path, form: LogForm | None = None) -> BehaviourLog:
        """See `BehaviourLogs.opened`."""
        try:
            with path.open("rb") as source:
                digest = hashlib.file_digest(source, "sha256").hexdigest()
                size = source.tell()
                source.seek(0)
                head = source.read(_HEAD)
                source.seek(0)
                told = form or form_of(head)
        except OSError as error:
            raise NotABehaviourLogError(path.name, "it cannot be opened") from error
        sheets = _sheets(path) if _is_workbook(head) else None
        if sheets is not None:
            told = form or _form_of_sheets(sheets)
        if told is None:
            raise NotABehaviourLogError(path.name, "its content is of no format that is known")
        lost: list[Lost] = []
        if sheets is not None:
            events = self._of_sheets(sheets, path.name, told, lost)
        else:
            events = self._of_file(path, told, lost)
        return BehaviourLog(
            name=path.name, sha256=digest, size=size, form=told, events=events, lost=lost
        )

    def _of_sheets(
        self, sheets: Sequence[Sheet], name: str, form: LogForm, lost: list[Lost]
    ) -> Iterator[RuntimeEvent]:
        match form:
            case LogForm.PRIVACY_SENTRY:
                return privacy_sentry.sentry_events(sheets, name, self.kinds_in, lost)
            case LogForm.CAMILLE:
                return camille.workbook_events(sheets, self.kinds_in, lost)
            case LogForm.APPSCAN:
                return appscan.list_events(sheets, lost)
            case _:
                raise NotABehaviourLogError(name, f"a workbook is no `{form}`")

    def _of_file(self, path: Path, form: LogForm, lost: list[Lost]) -> Iterator[RuntimeEvent]:
        try:
            with path.open("rb") as source:
                yield from self._events(source, form, lost)
        except OSError:
            lost.append(Lost(row=0, why="the file could not be read to its end"))

    def _events(self, source: BinaryIO, form: LogForm, lost: list[Lost]) -> Iterator[RuntimeEvent]:
        match form:
            case LogForm.HAR:
                yield from har_events(source, self.kinds_in, lost)
            case LogForm.PCAP:
                yield from Capture(self.kinds_in, lost).events(pcap_packets(source, lost))
            case LogForm.PCAPNG:
                yield from Capture(self.kinds_in, lost).events(pcapng_packets(source, lost))
            case LogForm.CAMILLE:
                yield from camille.console_events(lines(source), self.kinds_in, lost)
            case LogForm.IOS_REPORT:
                yield from report_events(lines(source), lost)
            case LogForm.APPOPS:
                yield from operation_events(lines(source))
            case LogForm.HEGUI:
                yield from hegui_events(lines(source), lost)
            case LogForm.PRIVACY_SENTRY:
                yield from sentry_line_events(lines(source), self.kinds_in, lost)
            case _:
                yield from payloads.payload_events(lines(source), self.kinds_in, lost)


def form_of(head: bytes) -> LogForm | None:
    """Return the format of a file that is no workbook, by its beginning; None for none."""
    if head[:4] in PCAP_MAGICS:
        return LogForm.PCAP
    if head[:4] == PCAPNG_MAGIC:
        return LogForm.PCAPNG
    text = text_of(head.removeprefix(_BOM))
    return next((form for form, is_it in _SIGNS if is_it(text)), None)


def _is_har(text: str) -> bool:
    return text.lstrip().startswith("{") and '"log"' in text[:4096] and '"entries"' in text


def _is_ios(text: str) -> bool:
    named = '"networkActivity"' in text or '"accessor"' in text
    return named and text.lstrip().startswith("{")


def _is_appops(text: str) -> bool:
    found = (APPOP.match(line) for line in text.splitlines())
    return any(each is not None and each[2] for each in found)


_SIGNS: Final[tuple[tuple[LogForm, Callable[[str], bool]], ...]] = (
    (LogForm.HAR, _is_har),
    (LogForm.CAMILLE, lambda text: camille.CONSOLE in text),
    (LogForm.MOBSF, lambda text: payloads.MOBSF in text),
    (LogForm.PRIVACY_SENTRY, lambda text: TAG in text),
    (LogForm.HEGUI, lambda text: CALL.search(text) is not None),
    (LogForm.IOS_REPORT, _is_ios),
    (LogForm.APPSCAN, lambda text: '"method_result"' in text or f'"{REQUEST}"' in text),
    (LogForm.FRIDA, lambda text: text.lstrip().startswith("{")),
    (LogForm.APPOPS, _is_appops),
)
"""What tells each format of text, the most particular first."""


def _is_workbook(head: bytes) -> bool:
    return head.startswith((OLE_MAGIC, ZIP_MAGIC))


def _sheets(path: Path) -> Sequence[Sheet]:
    try:
        return sheets_in(path)
    except NotASheetError as error:
        raise NotABehaviourLogError(path.name, str(error)) from error


def _form_of_sheets(sheets: Sequence[Sheet]) -> LogForm | None:
    for sheet in sheets:
        if sheet.name == privacy_sentry.SHEET:
            return LogForm.PRIVACY_SENTRY
        if sheet.name == appscan.SHEET:
            return LogForm.APPSCAN
        if sheet.rows and sheet.rows[0] and sheet.rows[0][0] == camille.FIRST_HEAD:
            return LogForm.CAMILLE
    return None
