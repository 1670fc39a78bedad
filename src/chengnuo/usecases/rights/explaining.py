"""Explaining the rules or an automated decision: by a person, from what the register says.

The answer is given by staff (PIPL Arts. 48 and 24 para. 3); what the register says of the activity
is filled in for them, so that nothing else is promised than what is published.
"""

from datetime import datetime

from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.saying import both, fill, joined_texts
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.rights.request import ExplanationAsked
from chengnuo.ports.rights import Case
from chengnuo.ports.rights_outside import TaskKept, TaskKind
from chengnuo.usecases.rights.room import Room
from chengnuo.usecases.rights.tasks import task_of


def explanation_task(room: Room, case: Case, asked: ExplanationAsked, now: datetime) -> TaskKept:
    """Return the task of answering, with what the register says of it."""
    register = room.served().register
    activity = None if asked.about is None else register.activity_by_id.get(asked.about)
    about = asked.about or ""
    if activity is None:
        what = Text(
            "请依据公布的个人信息处理规则作出解释说明",
            "Explain the published rules of handling",
        )
    else:
        what = fill(
            "请作出解释说明。登记簿写明：{said}",
            "Explain it. The register says: {said}",
            said=_said(activity),
        )
    return task_of(case, TaskKind.EXPLAIN, about, what, now)


def _said(activity: ProcessingActivity) -> Text:
    parts = [both(activity.purpose), both(activity.scene)]
    if activity.basis_detail is not None:
        parts.append(both(activity.basis_detail))
    found = joined_texts(parts, "；", "; ")
    return Text(found.zh, found.in_lang(Lang.EN))
