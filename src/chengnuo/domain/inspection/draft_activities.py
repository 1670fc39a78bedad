"""Processing activities drafted from what code reads: one for each group of what is read.

Own code gives one activity for each group of categories, kits one for each purpose that the
catalogue gives them, code of unknown origin one. Purpose, scene, basis and retention are never in
a package; what stands there is the mark of a draft, or the strictest value until it is decided.
"""

from dataclasses import replace

from chengnuo.base.text import Text
from chengnuo.domain.inspection.draft_capture import acts, captures
from chengnuo.domain.inspection.draft_decisions import Drafted, Step, decide
from chengnuo.domain.inspection.draft_groups import Group, groups_of
from chengnuo.domain.inspection.draft_permissions import (
    permission_remarks,
    permissions_by_activity,
)
from chengnuo.domain.inspection.draft_seen import SHOWN, SeenForDraft, short_call
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import Observation
from chengnuo.domain.observation.sdk_catalogue import FACE
from chengnuo.domain.observation.seen import ActSeen
from chengnuo.domain.register.activity import MinorsRule, PIItem, ProcessingActivity
from chengnuo.domain.register.draft import to_complete
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.method import Method, Operation, Provider, Trigger
from chengnuo.domain.register.retention import Retention, RetentionEnd, RetentionStart
from chengnuo.domain.register.scalars import Keep
from chengnuo.domain.register.watching import (
    CaptureMoment,
    FaceRecognition,
    FaceTemplate,
)
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.category import TreatAs
from chengnuo.law.consent_form import ConsentForm
from chengnuo.law.ids import CategoryId
from chengnuo.law.legal_basis import LegalBasis

_ON_START = frozenset({Moment.CERTAIN, Moment.CONDITIONAL, Moment.GUARDED})
_LOCATION = "PI-LOC-"


def draft_activities(seen: SeenForDraft) -> tuple[Drafted[ProcessingActivity], ...]:
    """Return the activities by their ids, with the permissions that each explains."""
    groups = tuple(groups_of(seen))
    permissions = permissions_by_activity(seen.look, groups)
    return tuple(
        _activity(seen, group, permissions.get(group.id, ()))
        for group in sorted(groups, key=lambda one: one.id)
    )


def _activity(
    seen: SeenForDraft, group: Group, permissions: tuple[str, ...]
) -> Drafted[ProcessingActivity]:
    ref = RowRef("activity", group.id)
    law = seen.look.catalogue
    capture = captures(seen.look, group)
    locates = any(one.startswith(_LOCATION) for one in group.categories)
    background = any(one.moment is CaptureMoment.BACKGROUND for one in capture) or (
        locates and acts(seen.look, group, ActSeen.BACKGROUND_LOCATION)
    )
    earliest = {one.moment for each in group.readings.values() for one in each}
    activity = ProcessingActivity(
        activity=ActivityId(group.id),
        service=group.service,
        purpose=to_complete(group.purpose),
        purpose_kind=group.kind,
        scene=to_complete(Text("个人在什么情形下会遇到", "when the individual meets it")),
        method=Method(
            provided_by=Provider.DEVICE,
            trigger=Trigger.APP_START if earliest & _ON_START else Trigger.USER_ACTION,
            background=background,
            operations=(Operation.COLLECT,),
            description=to_complete(Text("为什么在后台进行", "why it goes on in the background"))
            if background
            else None,
        ),
        items=tuple(
            undecided_item(one, to_complete(_detail(group.readings.get(one, ()))), law)
            for one in group.categories
        ),
        basis=LegalBasis.CONSENT,
        consent=ConsentForm.GENERAL,
        retention=UNDECIDED_RETENTION,
        recipients=group.recipients,
        capture=capture,
        face=UNDECIDED_FACE if FACE in group.categories else None,
        minors_under_14=MinorsRule.NOT_COLLECTED,
    )
    short = tuple(name.removeprefix("android.permission.") for name in permissions)
    activity = replace(activity, permissions=replace(activity.permissions, android=short))
    sources = (*seen.sources(group.readings), *permission_remarks(seen.look, permissions))
    asked = (*_QUESTIONS, AUTOMATED_ASKED) if group.kind.is_marketing else _QUESTIONS
    return Drafted(row=activity, sources=sources, decisions=decide(ref, *asked))


UNDECIDED_RETENTION = Retention(
    keep=Keep(None),
    from_=RetentionStart.COLLECTED,
    then=RetentionEnd.DELETE,
    why=to_complete(Text("保存期限及其理由", "the period and why so long")),
)
UNDECIDED_FACE = FaceRecognition(
    purpose=to_complete(Text("人脸识别的唯一目的", "the one purpose of recognising faces")),
    template=FaceTemplate.SERVER,
)


def undecided_item(category: CategoryId, detail: Text, law: Catalogue) -> PIItem:
    """Return an item of which nothing is known but what it is: not necessary, for now."""
    is_sensitive = law.category(category).treat_as is TreatAs.SENSITIVE
    return PIItem(
        category=category,
        detail=detail,
        necessary=False,
        if_refused=to_complete(Text("拒绝提供会怎样", "what happens without it")),
        why_necessary=to_complete(
            Text("为什么需要这项敏感信息", "why this sensitive item is needed")
        )
        if is_sensitive
        else None,
        impact=to_complete(Text("对个人权益的影响", "what it means for the individual"))
        if is_sensitive
        else None,
    )


def _detail(readings: tuple[Observation, ...]) -> Text:
    """Return what has to be said of the fields of an item, with what is known of it."""
    calls = dict.fromkeys(short_call(one) for one in readings)
    if not calls:
        return Text(
            "SDK 目录称其通常读取，本包代码中未见；核实后写明字段，或删去本项",
            "read as a rule by the SDK catalogue, not seen in this package; check, then name the "
            "fields or delete the item",
        )
    said = ", ".join(list(calls)[:SHOWN])
    more = len(calls) > SHOWN
    return Text(
        f"读取哪些字段；代码调用 {said}{' 等' if more else ''}",
        f"which fields; code calls {said}{' and others' if more else ''}",
    )


BASIS_AND_RETENTION = (
    (
        Step.BASIS,
        "basis minors_under_14",
        Text(
            "法律依据（暂按同意）；不满十四周岁的怎样处理（暂按不收集）",
            "legal basis (consent for now); children under fourteen (not collected for now)",
        ),
    ),
    (
        Step.RETENTION,
        "retention stores",
        Text(
            "保存多久（暂填 forever）、存在哪里", "how long (forever for now) and where it is kept"
        ),
    ),
)
_QUESTIONS = (
    (
        Step.PURPOSE,
        "purpose scene method service",
        Text(
            "处理目的与场景；不止一个目的就拆成几项；触发方式是按启动顺序推断的",
            "why and when; split what serves several purposes; what sets it off is a guess",
        ),
    ),
    (
        Step.NECESSITY,
        "items",
        Text(
            "逐项写明字段、是否必需（暂按非必需）、拒绝会怎样；只在设备上用、不收集的删去",
            "for each item its fields, whether necessary (not, for now), what refusing means; "
            "delete what is only used on the device",
        ),
    ),
    *BASIS_AND_RETENTION,
)
AUTOMATED_ASKED = (
    Step.PURPOSE,
    "automated",
    Text(
        "是否按个人特征推送或投放；是则写明，并登记关闭它的开关（switches）",
        "whether it goes by traits of the individual; if so say it, and add the switch that "
        "turns it off",
    ),
)
