"""Prompts derived from the register: at the first run, at a moment, for each consent item.

Agreeing at the first run is an answer to the rules and to no consent item: whatever is a matter
of consent is asked by itself, when the individual starts what needs it (PIPL Arts. 14, 23, 25, 26,
29, 39; 191号文 3.4, 4.6). A guardian is asked how they are related to the child, is led to the
rules for minors, and then decides (Art. 31; rules on children's information, Arts. 9, 10).
"""

from collections.abc import Iterator
from dataclasses import replace

from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.consent_matter import Matter
from chengnuo.domain.disclosure.consent_notice import matter_of, notice_of, sheet_of
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import DocumentKind
from chengnuo.domain.disclosure.first_run_notice import AGREE, first_run_notice
from chengnuo.domain.disclosure.just_in_time import MomentNotice, moment_notices
from chengnuo.domain.disclosure.prompt import (
    Binding,
    Button,
    Changed,
    Prompt,
    PromptKind,
    Relation,
    Says,
    Waiting,
)
from chengnuo.domain.disclosure.saying import fill
from chengnuo.domain.disclosure.separate_consent import AGREE as CONSENT
from chengnuo.domain.disclosure.separate_consent import NOT_NOW
from chengnuo.domain.register.consent_items import ConsentItemId, consent_items_of
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.consent_form import ConsentForm

FIRST_RUN = "first-run"
_MOMENT = "moment-"
_GO_ON = Text("继续", "Go on")
_KIND = {
    ConsentForm.GENERAL: PromptKind.GENERAL,
    ConsentForm.ONE_TIME: PromptKind.ONE_TIME,
    ConsentForm.SEPARATE: PromptKind.SEPARATE,
    ConsentForm.WRITTEN: PromptKind.WRITTEN,
    ConsentForm.GUARDIAN: PromptKind.GUARDIAN,
}
_LEAD = {
    ConsentForm.ONE_TIME: Text(
        "只用于这一次，用完或者一天之后即失效，下次重新询问。",
        "For this one time: it ends with the use or after a day, and is asked anew next time.",
    ),
    ConsentForm.WRITTEN: Text(
        "法律、行政法规要求取得您的书面同意；您的选择以电子文本保存。",
        "The law asks for your consent in writing; what you choose is kept as a written text.",
    ),
}
_CHANGED = Text(
    "您同意过的内容有变化，只就变化的这一项重新征得您的同意。",
    "What you agreed to has changed. Only this matter is asked again.",
)
_IF_NOT = Text(
    "不同意的，我们不再进行这项处理，其他功能不受影响。",
    "If you do not agree, this is no longer done; everything else works as before.",
)
_FOR_GUARDIANS = Text(
    "这一项由孩子的父母或者其他监护人决定。请先说明您与孩子的关系，阅读儿童个人信息处理规则，"
    "再作选择。",
    "This is for a parent or another guardian to decide. Please say how you are related to the "
    "child, read the rules for children's information, and then choose.",
)
_MINORS_RULES = Text("《儿童个人信息处理规则》", "Rules for children's information")
RELATIONS = (
    Relation("father", Text("父亲", "Father")),
    Relation("mother", Text("母亲", "Mother")),
    Relation("other-guardian", Text("其他监护人", "Another guardian")),
)
WAITING = Waiting(
    title=Text("等待监护人", "Waiting for your guardian"),
    lines=(
        Text(
            "这一项要由你的爸爸、妈妈或者其他监护人来决定。",
            "Your father, mother or another guardian decides about this.",
        ),
        Text(
            "请让他们在自己的手机上打开这个应用的隐私中心。他们作出决定之前，我们不会使用这些信息。",
            "Ask them to open this app's privacy centre on their own phone. Until they decide, "
            "nothing of this is used.",
        ),
        Text("你可以继续使用其他功能。", "You can go on with everything else."),
    ),
)


def first_run_prompt(declared: Declared) -> Prompt:
    """Return what is shown when the app is first opened."""
    notice = first_run_notice(declared)
    return Prompt(
        id=FIRST_RUN,
        kind=PromptKind.FIRST_RUN,
        app=declared.app_id,
        activity=None,
        title=notice.title,
        lines=notice.lines,
        links=notice.links,
        buttons=_two(notice.buttons, yes=AGREE),
    )


def moment_prompts(declared: Declared, activity: ActivityId) -> tuple[Prompt, ...]:
    """Return what is shown at the moments of one activity, before the system's dialog."""
    notices = [one for one in moment_notices(declared) if one.activity == activity]
    return tuple(_moment(declared, one, number) for number, one in enumerate(notices, 1))


def consent_prompt(register: Register, catalogue: Catalogue, item: str) -> Prompt:
    """Return what is shown before one consent.

    Raises:
        NoSuchConsentItemError: The register asks for no such consent.

    """
    matter = matter_of(register, catalogue, item)
    sheet, form = sheet_of(matter), matter.item.form
    prompt = Prompt(
        id=matter.item.id,
        kind=_KIND[form],
        app=matter.declared.app_id,
        activity=matter.activity.activity,
        title=sheet.title,
        lines=(_LEAD[form],) if form in _LEAD else (),
        facts=sheet.facts,
        box=sheet.box,
        buttons=_two(sheet.buttons, yes=CONSENT),
        binding=_binding(matter, register, catalogue),
    )
    return for_guardian(prompt) if form is ConsentForm.GUARDIAN else prompt


def for_guardian(prompt: Prompt) -> Prompt:
    """Return a prompt as a guardian is shown it, for a child."""
    return replace(
        prompt,
        kind=PromptKind.GUARDIAN,
        lines=(_FOR_GUARDIANS, *prompt.lines),
        links=((_MINORS_RULES, DocumentKind.MINORS_RULES),),
        relations=RELATIONS,
        waiting=WAITING,
    )


def renewed(prompt: Prompt, changes: tuple[Changed, ...]) -> Prompt:
    """Return a prompt as it is shown to somebody who agreed to an earlier text.

    What else it says (a guardian's part, the facts as they are now) stays.
    """
    kind = prompt.kind if prompt.kind is PromptKind.GUARDIAN else PromptKind.RENEWAL
    return replace(prompt, kind=kind, lines=(_CHANGED, _IF_NOT, *prompt.lines), changes=changes)


def prompts_of(
    register: Register, catalogue: Catalogue, activity: ActivityId
) -> tuple[Prompt, ...]:
    """Return what is asked for one activity, in the order of its consent items.

    Args:
        register: A register.
        catalogue: The law catalogue.
        activity: An activity of the register.

    """
    row = register.activity_by_id[activity]
    return tuple(
        consent_prompt(register, catalogue, item.id)
        for item in consent_items_of(row, register, catalogue)
    )


def prompt_by_id(register: Register, catalogue: Catalogue, wanted: str) -> Prompt:
    """Return a prompt of an activity by its id: at a moment, or of a consent item.

    Raises:
        NoSuchConsentItemError: The register has no such prompt.

    """
    activity, _, matter = wanted.partition("/")
    row = register.activity_by_id.get(ActivityId(activity))
    if row is not None and matter.startswith(_MOMENT):
        app = register.service_by_id[row.service].app
        declared = Declared(register=register, catalogue=catalogue, app_id=app)
        for prompt in moment_prompts(declared, row.activity):
            if prompt.id == wanted:
                return prompt
    return consent_prompt(register, catalogue, wanted)


def all_prompts(declared: Declared) -> Iterator[Prompt]:
    """Yield every prompt of an app: the first run, then by activity moments before consents."""
    yield first_run_prompt(declared)
    for activity in declared.activities:
        yield from moment_prompts(declared, activity.activity)
        yield from prompts_of(declared.register, declared.catalogue, activity.activity)


def _moment(declared: Declared, notice: MomentNotice, number: int) -> Prompt:
    return Prompt(
        id=f"{notice.activity}/{_MOMENT}{number}",
        kind=PromptKind.MOMENT,
        app=declared.app_id,
        activity=notice.activity,
        title=fill("需要使用：{asked}", "Needed: {asked}", asked=notice.asked),
        lines=(notice.words,),
        buttons=(Button(Says.NO, NOT_NOW), Button(Says.YES, _GO_ON)),
        permissions=notice.permissions,
        otherwise=notice.otherwise,
    )


def _binding(matter: Matter, register: Register, catalogue: Catalogue) -> Binding:
    item = matter.item
    return Binding(
        item=ConsentItemId(item.id),
        form=item.form,
        fingerprint=item.fingerprint,
        notices=tuple(
            (lang, notice_of(register, catalogue, item.id, lang).digest) for lang in Lang
        ),
    )


def _two(words: tuple[Text, Text], *, yes: Text) -> tuple[Button, Button]:
    first, second = (Button(Says.YES if one is yes else Says.NO, one) for one in words)
    return first, second
