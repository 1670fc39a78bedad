"""The controls over third parties: nobody further without consent, nothing after the end, SDKs.

What the register says alone is looked at by its rules; these hold it to the dossiers and releases.
"""

from functools import partial

from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.live import Fault, Looked, RecordsControl
from chengnuo.domain.finding.party_records import PartyRecords, SdkShipped
from chengnuo.domain.finding.rule import duties as ids_of_duties


def agreed_to(records: PartyRecords) -> Looked:
    """Every further party was agreed to in the supervision of who entrusts it (PIPL Art. 21)."""
    return Looked(
        count=len(records.subs),
        faults=tuple(
            Fault(
                position=0,
                dossier=one.dossier,
                what=Text(
                    f"{one.recipient} 转委托 {one.name.zh}，没有同意的记录",
                    f"{one.recipient} entrusts {one.name.en or one.name.zh} without consent",
                ),
            )
            for one in records.subs
            if not one.agreed
        ),
        newest=records.subs[0].dossier if records.subs else "",
    )


def given_up(records: PartyRecords) -> Looked:
    """No recipient that is being given up is named by an activity still (PIPL Art. 21)."""
    return Looked(
        count=len(records.ended),
        faults=tuple(
            Fault(
                position=0,
                dossier=one.dossier,
                activity=activity,
                what=Text(
                    f"{one.recipient} 的合作已经终止，活动仍列它为接收方",
                    f"{one.recipient} is given up, and the activity names it still",
                ),
            )
            for one in records.ended
            for activity in one.activities
        ),
        newest=records.ended[0].dossier if records.ended else "",
    )


def approved(records: PartyRecords) -> Looked:
    """Every SDK of the newest release of each app has an approval in force (pledge item 9)."""
    return Looked(
        count=len(records.sdks),
        faults=tuple(
            Fault(position=0, dossier=one.dossier, what=_unapproved(one, one.why))
            for one in records.sdks
            if one.why is not None
        ),
        newest=next((one.dossier for one in records.sdks if one.dossier), ""),
    )


def released_without(rules: frozenset[str], records: PartyRecords) -> Looked:
    """The newest release of no app shows what some rules about packages find."""
    return Looked(
        count=len(records.released),
        faults=tuple(
            Fault(
                position=0,
                what=Text(
                    f"{one.app} {one.version}：{title.zh}",
                    f"{one.app} {one.version}: {title.in_lang(Lang.EN)}",
                ),
            )
            for one in records.released
            for rule, title in one.open
            if rule in rules
        ),
    )


def _unapproved(one: SdkShipped, why: Text) -> Text:
    name = f"{one.app}: {one.name} {one.version}".rstrip()
    return Text(f"{name}：{why.zh}", f"{name}: {why.en}")


OVER_RELEASES = frozenset(
    {"shipped-sdks-approved", "released-nothing-covert", "released-faces-not-only-way"}
)
"""The controls that look into releases of apps, which a running service alone has opened."""
_COVERT = frozenset({"covert-capture-seen", "other-apps-read", "hides-icon"})
_FACES = frozenset({"face-without-other-way", "face-recognition-not-registered"})
RULES_OF_RELEASES = _COVERT | _FACES
"""Rules about packages whose findings in a release these controls look at."""
_RELEASES = Text("每个应用最新版本的检测结果", "The inspection of the newest release of each app")

CONTROLS: tuple[RecordsControl[PartyRecords], ...] = (
    RecordsControl(
        id="sub-entrusting-agreed",
        duties=ids_of_duties("duty-6"),
        whole=frozenset(),
        title=Text("转委托都经过同意", "Every further party was agreed to"),
        looks_at=Text(
            "登记簿中受托人的下级受托人与监督卷宗",
            "Further parties of the register, and supervision",
        ),
        fails_when=Text("没有同意转委托的记录", "No consent to it is on record"),
        rests_on=ids_of_duties("PIPL-21.3"),
        fix=Text(
            "在监督卷宗登记申请并由复核人同意；不同意的，要求停止。",
            "Enter the request in its supervision and have it agreed to; or have it stopped.",
        ),
        check=agreed_to,
    ),
    RecordsControl(
        id="given-up-recipients-unused",
        duties=ids_of_duties("duty-6"),
        whole=frozenset(),
        title=Text("终止合作的接收方不再使用", "Recipients that were given up are not used"),
        looks_at=Text("终止中和已终止的监督卷宗", "Supervision that is ending or has ended"),
        fails_when=Text("活动仍列它为接收方", "An activity names it still"),
        rests_on=ids_of_duties("PIPL-21.2"),
        fix=Text("从活动的 `recipients` 中删去。", "Take it out of the activity's `recipients`."),
        check=given_up,
    ),
    RecordsControl(
        id="shipped-sdks-approved",
        duties=ids_of_duties("pledge-9"),
        whole=frozenset(),
        title=Text("应用里的 SDK 都有有效批准", "Every SDK of an app has an approval in force"),
        looks_at=Text("每个应用最新版本里的 SDK", "SDKs of the newest release of each app"),
        fails_when=Text(
            "没有批准、已过期、版本不同或者被拒", "None, expired, of another version, or refused"
        ),
        rests_on=ids_of_duties("26-14"),
        fix=Text(
            "在“SDK 审查”完成问卷、检测和批准；或者移除它。",
            "Have it answered, inspected and approved under vettings of SDKs; or take it out.",
        ),
        check=approved,
    ),
    RecordsControl(
        id="released-nothing-covert",
        duties=ids_of_duties("also-3", "pledge-5"),
        whole=frozenset(),
        title=Text("最新版本不能暗中采集", "The newest releases can capture nothing covertly"),
        looks_at=_RELEASES,
        fails_when=Text(
            "可以在后台采集、读取其他应用，或者隐藏图标",
            "It can capture in the background, read other apps, or hides its icon",
        ),
        rests_on=ids_of_duties("pledge-5", "PIPL-5", "PIPL-10", "164-1"),
        fix=Text("改正后重新提交版本。", "Mend it and hand in another release."),
        check=partial(released_without, _COVERT),
    ),
    RecordsControl(
        id="released-faces-not-only-way",
        duties=ids_of_duties("also-2"),
        whole=frozenset(),
        title=Text("最新版本里人脸不是唯一方式", "Newest releases offer more than a face"),
        looks_at=_RELEASES,
        fails_when=Text(
            "只能用人脸，或者没有登记人脸识别", "A face is the only way, or it is not registered"
        ),
        rests_on=ids_of_duties("FACE-2025", "PIPL-28"),
        fix=Text(
            "提供同等便捷的其他方式并登记，再提交版本。",
            "Offer and register another way as easy, and hand in another release.",
        ),
        check=partial(released_without, _FACES),
    ),
)
