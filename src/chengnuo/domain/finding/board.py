"""The pledge board: every duty with the evidence there is for it, and honestly without.

A row is shown only by evidence that reaches as far as the duty. What the register declares is
listed beside the row as partial evidence; it never makes a row shown by itself, except where
publishing it is the duty, and then only for the version that has been published.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.finding.all_controls import CONTROLS
from chengnuo.domain.finding.check import CheckReport, report_of
from chengnuo.domain.finding.control import Checked, Control, ControlResult, Outcome, Reach
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.live import LiveRun
from chengnuo.domain.register.ids import Version
from chengnuo.law.duty import Duty
from chengnuo.law.duty import Party as Bound
from chengnuo.law.ids import DutyId

SETS = ("duty", "pledge", "action524", "precheck", "also")
"""The sets of duties that stand on the board, in their order."""


class RowStatus(StrEnum):
    """What the board says of a duty."""

    SHOWN = "shown"
    FAILING = "failing"
    STALE = "stale"
    NOT_SHOWN = "not-shown"
    NOT_APPLICABLE = "not-applicable"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _STATUS_TEXTS[self]


_STATUS_TEXTS = {
    RowStatus.SHOWN: Text("有证据", "Shown"),
    RowStatus.FAILING: Text("不通过", "Failing"),
    RowStatus.STALE: Text("证据过时", "Stale"),
    RowStatus.NOT_SHOWN: Text("尚无证据", "Not shown"),
    RowStatus.NOT_APPLICABLE: Text("不适用", "Not applicable"),
}


@dataclass(frozen=True, slots=True)
class Publication:
    """The last publication of a register: its version and the day."""

    version: Version
    on: date


@dataclass(frozen=True, slots=True)
class ControlRun:
    """A control and what it found on this run."""

    control: Control
    result: ControlResult


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One duty on the board.

    Attributes:
        duty: The duty.
        status: What the board says of it.
        why: Why it says so, in one sentence.
        runs: The controls over the register that ran for it.
        live: The controls over records that ran for it; see `live_board`.
        declared: Dossier in which it was declared not to apply, whether or not that counts; empty
            where it was not. See `declared_rows`.

    """

    duty: Duty
    status: RowStatus
    why: Text
    runs: tuple[ControlRun, ...]
    live: tuple[LiveRun, ...] = ()
    declared: str = ""

    @property
    def outcomes(self) -> tuple[tuple[str, str, str], ...]:
        """Of each control on it the id, what it looks at and how it ended; see `board_said`."""
        return (
            *((one.control.id, "records", one.result.outcome.value) for one in self.live),
            *((one.control.id, "register", one.result.outcome.value) for one in self.runs),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The whole board.

    Attributes:
        rows: Every duty of the sets, in their order.
        on: Day on which the controls ran.
        version: Version of the register that they looked at.

    """

    rows: tuple[BoardRow, ...]
    on: date
    version: Version

    def in_set(self, name: str) -> tuple[BoardRow, ...]:
        """Return the rows of a set, as `pledge`."""
        return tuple(row for row in self.rows if str(row.duty.id).rpartition("-")[0] == name)

    def counts(self) -> Mapping[RowStatus, int]:
        """Return how many rows there are of each status."""
        return {status: sum(row.status is status for row in self.rows) for status in RowStatus}


def board_of(
    facts: Facts, *, report: CheckReport | None = None, published: Publication | None = None
) -> Board:
    """Run every control and return the board.

    Args:
        facts: The register, the law and the day.
        report: The check of the same facts, where it has been done already.
        published: The last publication; None if nothing was ever published.

    """
    checked = Checked(facts, report or report_of(facts))
    runs: dict[DutyId, list[ControlRun]] = {}
    for control in CONTROLS:
        run = ControlRun(control, control.run(checked))
        for duty in control.duties:
            runs.setdefault(duty, []).append(run)
    version = checked.report.register_version
    rows = tuple(
        _row(duty, tuple(runs.get(duty.id, ())), facts, _freshness(version, published))
        for name in SETS
        for duty in facts.catalogue.in_set(name)
    )
    return Board(rows=rows, on=facts.today, version=version)


class _Freshness(StrEnum):
    """Whether what is published is what the controls looked at."""

    NEVER = "never"
    OLDER = "older"
    CURRENT = "current"


def _freshness(version: Version, published: Publication | None) -> _Freshness:
    if published is None:
        return _Freshness.NEVER
    return _Freshness.CURRENT if published.version == version else _Freshness.OLDER


def _row(duty: Duty, runs: tuple[ControlRun, ...], facts: Facts, freshness: _Freshness) -> BoardRow:
    status, why = _judged(duty, runs, facts, freshness)
    return BoardRow(duty=duty, status=status, why=why, runs=runs)


def _judged(
    duty: Duty, runs: tuple[ControlRun, ...], facts: Facts, freshness: _Freshness
) -> tuple[RowStatus, Text]:
    if not duty.concerns_apps:
        return RowStatus.NOT_APPLICABLE, _not_for_apps(duty, facts)
    if duty.id in _ONLY_FOR_SOME and not _concerned(duty.id, facts):
        return RowStatus.NOT_APPLICABLE, _not_for_these(duty.id, facts)
    failing = [run for run in runs if run.result.outcome is Outcome.FAILED]
    if failing:
        count = len({one.id for run in failing for one in run.result.findings})
        return RowStatus.FAILING, Text(
            f"登记簿中有 {count} 处与它不符。", f"The register breaks it in {count} places."
        )
    if any(run.control.reach is Reach.PUBLISHED and _passed(run) for run in runs):
        return _BY_FRESHNESS[freshness]
    if not runs:
        return RowStatus.NOT_SHOWN, _NO_CONTROL
    only = _ONLY_DECLARED if any(_passed(run) for run in runs) else _NOTHING_DECLARED
    return RowStatus.NOT_SHOWN, only


def _passed(run: ControlRun) -> bool:
    return run.result.outcome is Outcome.PASSED


def _concerned(duty: DutyId, facts: Facts) -> bool:
    """Tell whether a duty for some apps concerns one of ours; an app that does not say may be."""
    words = _SAID_OF[duty]
    return any(
        any(word in app.other_type.zh for word in words) if app.other_type else not app.app_types
        for app in facts.register.apps
    )


def _not_for_apps(duty: Duty, facts: Facts) -> Text:
    """Return why a duty does not apply to the operator of an app, with the day it was held to."""
    day = facts.today.isoformat()
    bound = _TELECOM if Bound.BASIC_TELECOM in duty.binds else _OTHERS
    return Text(
        f"只约束{bound.zh}，不是应用运营者的义务（本系统按法规目录核对，{day}）；本企业若是，请登记人工核查。",
        f"Binds {bound.en} only, not an app's operator (by the law catalogue, as of {day});"
        " whoever is one enters what was looked at as a recorded control.",
    )


def _not_for_these(duty: DutyId, facts: Facts) -> Text:
    said, day = _ONLY_FOR_SOME[duty], facts.today.isoformat()
    return Text(
        f"{said.zh}（本系统按登记簿核对，{day}）", f"{said.en} (By the register, as of {day}.)"
    )


_TELECOM = Text("基础电信企业", "basic telecommunications carriers")
_OTHERS = Text("应用商店、终端厂商等其他主体", "stores, makers of devices and others")
_CLOUD_DRIVE = DutyId("action524-5.5")
_SAID_OF = {_CLOUD_DRIVE: ("网盘", "云盘", "云存储", "网络存储")}
_ONLY_FOR_SOME = {
    _CLOUD_DRIVE: Text(
        "只适用于网盘类应用，登记的应用都不是。", "Only for cloud drives; no app here is one."
    )
}
_NO_CONTROL = Text(
    "还没有检查它的手段，也就没有证据。", "No control looks at it yet, so there is no evidence."
)
_NOTHING_DECLARED = Text(
    "登记簿中没有此类内容；是否真的没有，还没有验证。",
    "Nothing of the kind is declared; whether there is none has not been verified.",
)
_ONLY_DECLARED = Text(
    "已登记，未验证：登记簿这样写，实际是否如此还没有证据。",
    "Declared, not verified: the register says so; whether it is so has not been shown.",
)
_PUBLISHED = Text(
    "由登记簿生成并已公布当前版本；与实际是否一致另行核验。",
    "Derived from the register and published as it stands; whether it is true is verified apart.",
)
_OLDER_PUBLISHED = Text(
    "登记簿改过，公布的还是旧版本。", "The register has changed; an older version is published."
)
_NEVER_PUBLISHED = Text("还没有公布过。", "It has not been published yet.")
_BY_FRESHNESS = {
    _Freshness.CURRENT: (RowStatus.SHOWN, _PUBLISHED),
    _Freshness.OLDER: (RowStatus.STALE, _OLDER_PUBLISHED),
    _Freshness.NEVER: (RowStatus.NOT_SHOWN, _NEVER_PUBLISHED),
}
