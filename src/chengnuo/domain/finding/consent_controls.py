"""The controls over the records of consent and of decisions, one row each."""

from collections.abc import Callable
from datetime import timedelta

from chengnuo.base.text import Text
from chengnuo.domain.finding.consent_looks import (
    as_easy,
    consented,
    followed,
    forms,
    marketing,
    notices,
    publication,
    remembered,
    renewed,
    switches,
)
from chengnuo.domain.finding.consent_records import ConsentRecords
from chengnuo.domain.finding.declared_control import DAY, HOUR
from chengnuo.domain.finding.live import LiveControl, Looked
from chengnuo.domain.finding.rule import duties as ids_of_duties


def _control(  # noqa: PLR0913, PLR0917 (the columns of the table)
    name: str,
    for_duties: tuple[str, ...],
    whole: tuple[str, ...],
    title: Text,
    looks_at: Text,
    fails_when: Text,
    check: Callable[[ConsentRecords], Looked],
    *,
    rests_on: tuple[str, ...],
    reads_uses: bool = False,
    every: timedelta = DAY,
    samples: bool = True,
) -> LiveControl:
    return LiveControl(
        id=name,
        duties=ids_of_duties(*for_duties),
        whole=frozenset(ids_of_duties(*whole)),
        title=title,
        looks_at=looks_at,
        fails_when=fails_when,
        rests_on=ids_of_duties(*rests_on),
        reads_uses=reads_uses,
        every=every,
        samples=samples,
        check=check,
    )


CONTROLS: tuple[LiveControl, ...] = (
    _control(
        "records-name-the-notice",
        ("duty-1", "duty-14"),
        ("duty-1",),
        Text(
            "每次同意和拒绝都有当时的告知原文", "Every yes and no names the notice as it was shown"
        ),
        Text("同意和拒绝的记录", "Records of yes and no"),
        Text(
            "记下的告知文本，与当时的登记簿版本生成的不一致",
            "The notice on record is not the one that the register of the time gives",
        ),
        notices,
        rests_on=("PIPL-14", "PIPL-17", "PIPL-69"),
    ),
    _control(
        "records-in-the-needed-form",
        ("duty-1",),
        ("duty-1",),
        Text("同意的形式够用，该单独的都单独", "Consent is in the form that its item needs"),
        Text("同意的记录", "Records of consent"),
        Text("形式达不到事项的要求", "The form is less than the item needs"),
        forms,
        rests_on=("PIPL-14",),
    ),
    _control(
        "permits-rest-on-consent",
        ("duty-1",),
        ("duty-1",),
        Text("允许的使用都有所依据的同意", "Every permitted use names its consent"),
        Text("依据同意的允许", "Permitted uses on consent"),
        Text("缺少其中一项同意", "One of the consents is not named"),
        consented,
        rests_on=("PIPL-13",),
        reads_uses=True,
    ),
    _control(
        "changed-items-asked-again",
        ("duty-2",),
        ("duty-2",),
        Text("事项改了，重新问过才用", "A changed item is asked again before it is used"),
        Text("依据同意的允许", "Permitted uses on consent"),
        Text(
            "依据的是已不被接受的旧文本",
            "It rests on an earlier text that was not accepted any more",
        ),
        renewed,
        rests_on=("PIPL-14.2",),
        reads_uses=True,
    ),
    _control(
        "withdrawals-followed",
        ("duty-3", "pledge-6"),
        ("duty-3",),
        Text("撤回之后停止、通知、删除都有确认", "What follows a withdrawal is acknowledged"),
        Text("撤回之后要做的事", "What follows from withdrawals"),
        Text(
            "24 小时内没有确认停止，或 15 天内没有确认通知和删除（期限是本系统的）",
            "Not stopped within 24 hours, or not told and deleted within 15 days (limits of ours)",
        ),
        followed,
        rests_on=("PIPL-15", "PIPL-47"),
        every=HOUR,
    ),
    _control(
        "withdrawing-as-easy",
        ("duty-3", "pledge-6"),
        ("duty-3",),
        Text("撤回的步数不多于同意", "Withdrawing takes no more steps than giving"),
        Text("撤回的记录", "Records of withdrawal"),
        Text("撤回的步数多于当初同意", "It took more steps than giving had"),
        as_easy,
        rests_on=("PIPL-15",),
    ),
    _control(
        "refusals-remembered",
        ("duty-4",),
        (),
        Text("拒绝后一段时间内不再问", "Nobody is asked again soon after a no"),
        Text("拒绝和撤回的记录", "Records of refusal and withdrawal"),
        Text(
            "在 48 小时（或者应用自己说的期限）之内又问了，又没有记录表明是本人启动的功能",
            "Asked again within 48 hours, or as long as the app says, and no record shows that"
            " they started the function",
        ),
        remembered,
        rests_on=("191-3.2", "164-5"),
        reads_uses=True,
        samples=False,  # a no and what started the function may lie before what was read
    ),
    _control(
        "switches-obeyed",
        ("duty-9",),
        (),
        Text("关掉的开关，之后的判断都遵守", "What was switched off stays off in decisions"),
        Text("受开关控制的允许", "Permitted uses under a switch"),
        Text("开关已经关闭，仍然允许", "It was permitted although the switch was off"),
        switches,
        rests_on=("PIPL-24.2",),
        reads_uses=True,
    ),
    _control(
        "published-on-separate-consent",
        ("duty-10",),
        ("duty-10",),
        Text("公开都有单独同意", "What is made public has separate consent"),
        Text("允许公开的判断", "Permitted publications"),
        Text("记录里没有单独同意", "No separate consent is named"),
        publication,
        rests_on=("PIPL-25",),
        reads_uses=True,
    ),
    _control(
        "marketing-on-separate-consent",
        ("pledge-4",),
        ("pledge-4",),
        Text(
            "敏感信息营销都有单独同意", "Marketing with sensitive information has separate consent"
        ),
        Text("用敏感信息营销的允许", "Permitted marketing with sensitive information"),
        Text("记录里没有单独同意", "No separate consent is named"),
        marketing,
        rests_on=("PIPL-29",),
        reads_uses=True,
    ),
)
