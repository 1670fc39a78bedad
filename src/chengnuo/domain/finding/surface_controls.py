"""The controls over what people or a program looked at, and the hotline.

Each of the eleven items of the 2021 action has one, and so have content without an account, faces
and covert use. What nobody looked at is not shown; what was found not to apply
stands with the day and the reason; what should have been looked at again is stale.
"""

from functools import partial
from typing import Final

from chengnuo.base.text import Lang, Text
from chengnuo.domain.dossier.sorts.recorded_control import (
    FAILING,
    ITEMS,
    NOT_APPLICABLE,
    OPEN,
    SHOWN,
)
from chengnuo.domain.finding.dossier_records import DossierRecords, HotlineSeen, RecordedSeen
from chengnuo.domain.finding.live import Fault, LiveOutcome, Looked, RecordsControl
from chengnuo.domain.finding.rule import duties as ids_of_duties

_NAMES = {one.value: one.text for one in ITEMS}
_QUARTER_DAYS: Final = 92


def looked_at(items: tuple[str, ...], records: DossierRecords) -> Looked:
    """Each of some things was looked at, in time, and was as it should be, or does not apply."""
    found = {one.item: one for one in records.recorded if one.item in items}
    newest = next(iter(found.values())).dossier if found else ""
    faults = tuple(
        Fault(position=0, dossier=one.dossier, what=_with_day(one, "核查不符合", "found wrong"))
        for one in found.values()
        if one.state == FAILING
    )
    ends, said = _ends(items, found)
    return Looked(count=len(found), faults=faults, ends=ends, said=said, newest=newest)


def _ends(
    items: tuple[str, ...], found: dict[str, RecordedSeen]
) -> tuple[LiveOutcome | None, Text | None]:
    missing = [one for one in items if one not in found or found[one].state == OPEN]
    if missing:
        names = [_NAMES[one] for one in missing]
        said = Text(
            f"还没有核查过：{'、'.join(one.zh for one in names)}。",
            f"Not looked at yet: {'; '.join(one.in_lang(Lang.EN) for one in names)}.",
        )
        return (LiveOutcome.NOT_SHOWN if found else None), said
    apply = [one for one in found.values() if one.state != NOT_APPLICABLE or one.stale]
    if not apply:
        return LiveOutcome.NOT_APPLICABLE, _joined([_not_ours(one) for one in found.values()])
    stale = [one for one in apply if one.stale]
    if stale:
        return LiveOutcome.STALE, _joined(
            [
                _with_day(one, "核查后已过再次核查的期限", "due to be looked at again")
                for one in stale
            ]
        )
    return None, _joined(
        [_with_day(one, "核查符合", "as it should be") for one in apply if one.state == SHOWN]
    )


def answers_in_time(records: DossierRecords) -> Looked:
    """The hotline answered in time and by people, each month (targets of the action)."""
    months = records.hotline
    return Looked(
        count=len(months),
        faults=tuple(
            Fault(position=0, dossier=one.dossier, what=what)
            for one in months
            for what in _wrong_with(one)
        ),
        newest=months[0].dossier if months else "",
    )


def _wrong_with(one: HotlineSeen) -> tuple[Text, ...]:
    month = one.first.strftime("%Y-%m")
    wrong = []
    if one.mean_wait_s > one.most_wait_s:
        wrong.append(
            Text(
                f"{month} 平均等待 {one.mean_wait_s} 秒，目标不超过 {one.most_wait_s} 秒",
                f"{month}: {one.mean_wait_s} s on the average; the target is {one.most_wait_s} s",
            )
        )
    if one.answered <= one.more_than:
        wrong.append(
            Text(
                f"{month} 人工应答率 {one.answered:.1%}，目标高于 {one.more_than:.0%}",
                f"{month}: {one.answered:.1%} answered by a person; the target is above "
                f"{one.more_than:.0%}",
            )
        )
    return tuple(wrong)


def _with_day(one: RecordedSeen, zh: str, en: str) -> Text:
    name, day = _NAMES[one.item], one.on.isoformat()
    return Text(f"{name.zh}：{day} {zh}", f"{name.en}: {day}, {en}")


def _not_ours(one: RecordedSeen) -> Text:
    name, day = _NAMES[one.item], one.on.isoformat()
    return Text(f"{name.zh}：{day} 登记为不适用，{one.why}", f"{name.en}: {day}, {one.why}")


def _joined(said: list[Text]) -> Text:
    return Text(
        "；".join(one.zh for one in said) + "。",
        "; ".join(one.in_lang(Lang.EN) for one in said) + ".",
    )


def _recorded(
    name: str, title: Text, items: tuple[str, ...], *duties: str
) -> RecordsControl[DossierRecords]:
    return RecordsControl(
        id=f"looked-at-{name}",
        duties=ids_of_duties(*duties),
        whole=frozenset(ids_of_duties(*duties)),
        title=title,
        looks_at=Text("人工核查和程序测量的记录", "What people looked at and programs measured"),
        fails_when=Text("最近一次核查不符合", "The last look found it wrong"),
        rests_on=ids_of_duties(*duties),
        fix=Text("改正后再核查一次。", "Mend it and look again."),
        settles=True,
        at_any_size=True,
        check=partial(looked_at, items),
    )


CONTROLS: tuple[RecordsControl[DossierRecords], ...] = (
    _recorded(
        "tariffs",
        Text("资费公示符合要求", "Tariffs are shown as required"),
        ("tariffs",),
        "action524-5.1",
    ),
    _recorded(
        "gigabit",
        Text("双千兆宣传没有夸大", "Gigabit offers are not overstated"),
        ("gigabit",),
        "action524-5.2",
    ),
    _recorded(
        "permissions-and-policy",
        Text("隐私政策有摘要，权限用途同步告知", "Policy summed up; purposes told in step"),
        ("policy-summary", "permission-purpose"),
        "action524-5.3",
    ),
    _recorded(
        "splash",
        Text("开屏和弹窗能关闭、不强制跳转", "Splash screens and pop-ups close, and force nothing"),
        ("splash",),
        "action524-5.4",
    ),
    _recorded(
        "cloud-speed",
        Text("网盘免费账户的速率公平", "Free accounts of a cloud drive have a fair speed"),
        ("cloud-speed",),
        "action524-5.5",
    ),
    _recorded(
        "menus",
        Text("双清单在二级菜单", "Both lists in the second-level menu"),
        ("menus",),
        "action524-2.1",
        "action524-2.2",
    ),
    _recorded(
        "across-regions",
        Text("服务可以跨区域办理", "Services can be had across regions"),
        ("across-regions",),
        "action524-4.1",
    ),
    _recorded(
        "portability",
        Text("携号转网没有阻碍", "Numbers can be taken along unhindered"),
        ("portability",),
        "action524-4.2",
    ),
    _recorded(
        "responsibility-chain",
        Text("关键责任链各方落实责任", "Each party of the responsibility chain does its part"),
        ("responsibility-chain",),
        "action524-4.4",
    ),
    _recorded(
        "without-account",
        Text("不登录也能看的内容有人核查", "What is there without an account was looked at"),
        ("anonymous-content",),
        "also-1",
    ),
    _recorded(
        "faces", Text("人脸识别有人核查", "Uses of faces were looked at"), ("face",), "also-2"
    ),
    _recorded(
        "covert",
        Text("隐蔽收集使用有人核查", "Covert collection and use was looked for"),
        ("covert",),
        "also-3",
    ),
    RecordsControl(
        id="hotline-answers",
        duties=ids_of_duties("action524-4.3"),
        whole=frozenset(ids_of_duties("action524-4.3")),
        title=Text("客服热线按月达到目标", "The hotline meets the targets each month"),
        looks_at=Text("最近三个月的热线统计", "The last three months of the hotline"),
        fails_when=Text(
            "一个月的平均等待或者人工应答率没有达到目标",
            "A month misses the target for the wait, or for calls that a person answers",
        ),
        rests_on=ids_of_duties("action524-4.3", "26-11"),
        fix=Text("增加人工坐席，简化转人工的步骤。", "Staff the hotline, and shorten the menu."),
        at_any_size=True,
        days=_QUARTER_DAYS,
        check=answers_in_time,
    ),
)
