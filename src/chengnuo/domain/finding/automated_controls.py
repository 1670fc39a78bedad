"""The controls over recorded automated decisions and the switches that govern them.

Each looks at every record of the period and names those that are not as they should be (PIPL Art.
24; 算法推荐管理规定 17; 191号文 3.6). What the operator's systems did not hand in is not seen.
"""

from chengnuo.base.text import Text
from chengnuo.domain.finding.automated_records import AutomatedRecords
from chengnuo.domain.finding.live import Fault, Looked, RecordsControl
from chengnuo.domain.finding.rule import duties as ids_of_duties


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
        count=records.kept_off + len(records.turned_on) + len(records.off_lost),
        faults=(
            *(
                Fault(
                    position=one.position,
                    what=Text(
                        f"关闭后重新打开，不是本人操作（`{one.surface}`）",
                        f"turned on again, and not by the individual (`{one.surface}`)",
                    ),
                )
                for one in by_nobody
            ),
            *(
                Fault(
                    position=one.position,
                    what=Text(
                        f"登记簿改变后，`{one.activity}` 不再受 `{one.switch}` 控制："
                        f"{one.individuals} 人的关闭失效",
                        f"since a change of the register `{one.activity}` does not listen to"
                        f" `{one.switch}`, which {one.individuals} had turned off",
                    ),
                )
                for one in records.off_lost
            ),
        ),
        blind=sum(one.by_individual is None for one in records.turned_on),
        said=Text(
            f"关闭后仍关闭 {records.kept_off} 个，重新打开 {len(records.turned_on)} 个。",
            f"{records.kept_off} are off still, {len(records.turned_on)} were turned on again.",
        ),
    )


def labels_stay_deleted(records: AutomatedRecords) -> Looked:
    """A label that an individual deleted is kept and used no more."""
    used = [one.position for one in records.decided if one.deleted_label]
    return Looked(
        count=records.labels_deleted,
        faults=(
            *(Fault(position=one, what=_LABEL_BACK) for one in records.labels_back),
            *(Fault(position=one, what=_LABEL_USED) for one in used),
        ),
    )


_LABEL_BACK = Text(
    "本人删除的标签又出现在数据库中", "a label that had been deleted is in the store again"
)
_LABEL_USED = Text("决定用到本人已删除的标签", "a decision rests on a label that had been deleted")


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


def machines_refused(records: AutomatedRecords) -> Looked:
    """No machine alone decided with major effect about whoever had refused that."""
    return Looked(
        count=len(records.decided),
        faults=tuple(
            Fault(position=one.position, what=_ALONE)
            for one in records.decided
            if one.alone_though_refused
        ),
    )


_ALONE = Text(
    "本人已拒绝，仍仅由机器作出有重大影响的决定",
    "made by machine alone with major effect, though that had been refused",
)
_WHILE_OFF = Text(
    "本人已关闭开关，仍按个人特征作出决定", "made on personal traits while the switch was off"
)
_LOOKS_AT_TRAITS = Text(
    "称不针对个人特征，却用到个人信息", "said to be plain, and looked at personal information"
)
_NO_WORDS = Text("登记簿里没有可以说明它的文字", "the register has no words to explain it")

CONTROLS: tuple[RecordsControl[AutomatedRecords], ...] = (
    RecordsControl(
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
        rests_on=ids_of_duties("PIPL-24.2", "191-3.6", "ALG-17"),
        fix=Text(
            "决定之前先问开关（`:allowed`），关闭的不用个人信息；已经作出的重新决定。",
            "Ask before deciding (`:allowed`) and leave personal information out where it is off;"
            " decide those again.",
        ),
        samples=True,
        check=personal_while_on,
    ),
    RecordsControl(
        id="off-stays-off",
        duties=ids_of_duties("duty-9", "pledge-4"),
        whole=frozenset(),
        title=Text("关闭的开关不会自己打开", "A switch that is off stays off"),
        looks_at=Text("关闭过的开关", "Switches that were turned off"),
        fails_when=Text("没有本人操作却重新打开", "One came on without the individual's act"),
        rests_on=ids_of_duties("PIPL-24.2", "191-3.6", "ALG-17"),
        fix=Text(
            "按记录把开关改回关闭，找出打开它的程序；换了开关的，把关闭的选择一并带过去。",
            "Turn it off again and find what turned it on; where another switch took its place,"
            " carry the choice over.",
        ),
        check=off_stays_off,
    ),
    RecordsControl(
        id="refused-machines-decide-nothing",
        duties=ids_of_duties("duty-9"),
        whole=frozenset(),
        title=Text(
            "拒绝仅由机器决定的，重大决定由人参与",
            "Whoever refuses machines has a person in major decisions",
        ),
        looks_at=Text("记录的自动化决策", "Recorded automated decisions"),
        fails_when=Text("拒绝之后仍仅由机器决定", "A machine alone decided after the refusal"),
        rests_on=ids_of_duties("PIPL-24.3"),
        fix=Text(
            "把这件决定交由人重新作出；作出决定之前先问是否可以仅由机器决定（`:allowed`）。",
            "Have a person decide again; ask beforehand whether a machine alone may (`:allowed`).",
        ),
        samples=True,
        check=machines_refused,
    ),
    RecordsControl(
        id="deleted-labels-stay-deleted",
        duties=ids_of_duties("duty-9"),
        whole=frozenset(),
        title=Text("删除的画像标签不再出现", "Labels that were deleted stay deleted"),
        looks_at=Text("个人逐个删除的标签", "Labels that individuals deleted one by one"),
        fails_when=Text("删除的标签又被写入或者使用", "One is kept or used again"),
        rests_on=ids_of_duties("ALG-17", "PIPL-47", "PIPL-24"),
        fix=Text(
            "写入和使用标签之前先询问（`/v1/labels:deleted`）；把又出现的标签删除，并停用据此作出的决定。",
            "Ask before a label is kept or used (`/v1/labels:deleted`); delete it again, and decide"
            " anew what rests on it.",
        ),
        check=labels_stay_deleted,
    ),
    RecordsControl(
        id="explanation-obtainable",
        duties=ids_of_duties("duty-9"),
        whole=frozenset(),
        title=Text("自动化决策可以得到说明", "Automated decisions can be explained"),
        looks_at=Text("内容仍在的自动化决策", "Decisions whose content is kept"),
        fails_when=Text("有一件无法说明", "One cannot be explained"),
        rests_on=ids_of_duties("PIPL-24.3", "PIPL-48", "ALG-16"),
        fix=Text(
            "在登记簿中补上这一版模型的文字，或者交回当时的登记簿版本。",
            "Put the words of that version of the model into the register, or bring that version of"
            " the register back.",
        ),
        samples=True,
        check=explanation_obtainable,
    ),
)
