"""The controls over recorded automated decisions and the switches that govern them.

Each looks at every record of the period and names those that are not as they should be (PIPL Art.
24; 算法推荐管理规定 17; 191号文 3.6). What the operator's systems did not hand in is not seen.
"""

from collections.abc import Callable
from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.finding.automated_records import AutomatedRecords
from chengnuo.domain.finding.live import (
    TOO_MANY,
    Fault,
    LiveResult,
    LiveRun,
    Looked,
    OverRecords,
    could_not_run,
    result_of,
)
from chengnuo.domain.finding.rule import duties as ids_of_duties


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomatedControl(OverRecords):
    """One control over automated decisions.

    Attributes:
        check: Looks.

    """

    check: Callable[[AutomatedRecords], Looked]

    def run(self, records: AutomatedRecords) -> LiveResult:
        """Look at the records of a period."""
        if records.too_many:
            return could_not_run(TOO_MANY)
        return result_of(self.check(records))


def run_automated(records: AutomatedRecords) -> tuple[LiveRun, ...]:
    """Run every control over automated decisions."""
    return tuple(LiveRun(control=one, result=one.run(records)) for one in CONTROLS)


def personal_while_on(records: AutomatedRecords) -> Looked:
    """Every personal decision was made while the switch was on, and no plain one was personal."""
    faults = [
        Fault(position=one.position, what=_WHILE_OFF)
        for one in records.decided
        if one.personal and one.off
    ]
    faults += [
        Fault(position=one.position, what=_LOOKS_AT_TRAITS)
        for one in records.decided
        if one.looks_at_traits
    ]
    personal = sum(one.personal for one in records.decided)
    plain = len(records.decided) - personal
    return Looked(
        count=len(records.decided),
        faults=tuple(faults),
        said=Text(
            f"针对个人特征的决定 {personal} 件，不针对的 {plain} 件。",
            f"{personal} decisions on personal traits, {plain} without.",
        )
        if records.decided
        else None,
    )


def off_stays_off(records: AutomatedRecords) -> Looked:
    """A switch that was turned off came on again only by an act of the individual."""
    by_nobody = [one for one in records.turned_on if one.by_individual is False]
    return Looked(
        count=records.kept_off + len(records.turned_on),
        faults=tuple(
            Fault(
                position=one.position,
                what=Text(
                    f"关闭后重新打开，不是本人操作（`{one.surface}`）",
                    f"turned on again, and not by the individual (`{one.surface}`)",
                ),
            )
            for one in by_nobody
        ),
        blind=sum(one.by_individual is None for one in records.turned_on),
        said=Text(
            f"关闭后仍关闭 {records.kept_off} 个，重新打开 {len(records.turned_on)} 个。",
            f"{records.kept_off} are off still, {len(records.turned_on)} were turned on again.",
        ),
    )


def explanation_obtainable(records: AutomatedRecords) -> Looked:
    """Every recorded decision whose content is kept can be explained in the register's words."""
    kept = [one for one in records.decided if one.explained is not None]
    erased = len(records.decided) - len(kept)
    fine = sum(bool(one.explained) for one in kept)
    return Looked(
        count=len(kept),
        faults=tuple(
            Fault(position=one.position, what=_NO_WORDS) for one in kept if not one.explained
        ),
        said=Text(
            f"可以说明 {fine}/{len(kept)} 件；内容已依法删除的 {erased} 件不计。",
            f"{fine} of {len(kept)} can be explained; {erased} were erased and do not count.",
        )
        if records.decided
        else None,
    )


_WHILE_OFF = Text(
    "本人已关闭开关，仍按个人特征作出决定", "made on personal traits while the switch was off"
)
_LOOKS_AT_TRAITS = Text(
    "称不针对个人特征，却用到个人信息", "said to be plain, and looked at personal information"
)
_NO_WORDS = Text("登记簿里没有可以说明它的文字", "the register has no words to explain it")

CONTROLS: tuple[AutomatedControl, ...] = (
    AutomatedControl(
        id="personal-decisions-while-on",
        duties=ids_of_duties("duty-9", "pledge-4"),
        whole=frozenset(),
        title=Text(
            "个性化的决定只在开关打开时作出", "Personal decisions only while the switch is on"
        ),
        looks_at=Text("记录的自动化决策", "Recorded automated decisions"),
        fails_when=Text(
            "开关关闭时仍按个人特征决定", "One rests on personal traits with the switch off"
        ),
        check=personal_while_on,
    ),
    AutomatedControl(
        id="off-stays-off",
        duties=ids_of_duties("duty-9", "pledge-4"),
        whole=frozenset(),
        title=Text("关闭的开关不会自己打开", "A switch that is off stays off"),
        looks_at=Text("关闭过的开关", "Switches that were turned off"),
        fails_when=Text("没有本人操作却重新打开", "One came on without the individual's act"),
        check=off_stays_off,
    ),
    AutomatedControl(
        id="explanation-obtainable",
        duties=ids_of_duties("duty-9"),
        whole=frozenset(),
        title=Text("自动化决策可以得到说明", "Automated decisions can be explained"),
        looks_at=Text("内容仍在的自动化决策", "Decisions whose content is kept"),
        fails_when=Text("有一件无法说明", "One cannot be explained"),
        check=explanation_obtainable,
    ),
)
