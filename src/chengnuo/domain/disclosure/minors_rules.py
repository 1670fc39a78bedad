"""The special rules for children under fourteen (PIPL Art. 31; rules on children's information).

What a guardian must be told is all here: purpose, method and scope; place, period and what
follows; safeguards; what refusing means; how to complain; how to correct and delete.
"""

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.consent_facts import DEFAULT_SECURITY
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import (
    Block,
    Column,
    Document,
    DocumentKind,
    Table,
    bullets,
    cell,
    lines,
    paragraph,
    strong,
)
from chengnuo.domain.disclosure.minors_handling import (
    minors_consent,
    minors_kept,
    minors_what,
    minors_who,
)
from chengnuo.domain.disclosure.recipient_words import (
    contact_lines,
    recipient_contact,
    recipient_name,
)
from chengnuo.domain.disclosure.right_words import RIGHT, deadline_in_words, in_corners
from chengnuo.domain.disclosure.rules_collection import handles_children
from chengnuo.domain.disclosure.rules_section import Section, numbered_sections
from chengnuo.domain.disclosure.saying import both, fill
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.governance import NoticeKind

TITLE = Text("儿童个人信息处理规则", "Rules for children's personal information")


def minors_rules(declared: Declared) -> Document:
    """Return the special rules of an app for children under fourteen."""
    activities = tuple(one for one in declared.activities if handles_children(one))
    own = tuple(paragraph(both(each.body)) for each in declared.own_words(NoticeKind.MINORS))
    lead: tuple[Block, ...] = (
        paragraph(
            fill(
                "本规则适用于不满十四周岁的未成年人（以下称“儿童”）使用《{app}》的情形，"
                "与隐私政策一并适用；两者不一致的，对儿童适用本规则。请监护人和儿童一起阅读。",
                "These rules are for children under fourteen who use {app}. They stand beside the "
                "processing rules and go before them for children. Guardians, please read them "
                "together with the child.",
                app=declared.facts.app,
            )
        ),
    )
    return Document(
        id=DocumentKind.MINORS_RULES.value,
        kind=DocumentKind.MINORS_RULES,
        title=fill("《{app}》{title}", "{app}: {title}", app=declared.facts.app, title=TITLE),
        facts=declared.facts,
        blocks=(
            *lead,
            *own,
            *numbered_sections(
                (
                    minors_who(declared),
                    minors_what(declared, activities),
                    minors_consent(declared, activities),
                    minors_kept(declared, activities),
                    _safe(declared),
                    _shared(declared, activities),
                    _rights(declared),
                    _complaints(declared),
                    _grown(declared),
                )
            ),
        ),
    )


def _safe(declared: Declared) -> Section:
    handler = declared.handler
    said = [DEFAULT_SECURITY if handler.security is None else both(handler.security)]
    if handler.incident_plan is not None:
        said.append(both(handler.incident_plan))
    said.append(
        Text(
            "我们以最小授权为原则，严格设定工作人员访问儿童个人信息的权限；访问须经审批并记录。",
            "Staff see as little as their work needs; every look at a child's information is "
            "approved and recorded.",
        )
    )
    return Section(
        "safe", Text("安全措施", "How it is kept safe"), tuple(paragraph(each) for each in said)
    )


def _shared(declared: Declared, activities: tuple[ProcessingActivity, ...]) -> Section:
    title = Text("谁会取得儿童的个人信息", "Who else gets it")
    named = {name for one in activities for name in one.recipients}
    recipients = [one for one in declared.recipients if one.recipient in named]
    if not recipients:
        return Section(
            "shared",
            title,
            (
                paragraph(
                    Text(
                        "我们不向第三方提供儿童的个人信息，也不公开披露。",
                        "Nobody else gets a child's information, and it is not made public.",
                    )
                    if not any(one.disclosure for one in activities)
                    else Text(
                        "我们不向第三方提供儿童的个人信息；公开的情形见上文，须取得监护人的单独同意。",
                        "Nobody else gets a child's information; what is public is named above "
                        "and needs the guardian's separate consent.",
                    )
                ),
            ),
        )
    table = Table(
        title,
        (
            Column(Text("接收方", "Recipient"), 3),
            Column(Text("目的", "Purpose"), 3),
            Column(Text("联系方式", "Contact"), 3),
        ),
        tuple(
            (
                cell(strong(recipient_name(one))),
                cell(both(one.purpose)),
                cell(recipient_contact(one, declared.handler)),
            )
            for one in recipients
        ),
    )
    return Section("shared", title, (table,))


def _rights(declared: Declared) -> Section:
    app = declared.app
    blocks: list[Block] = [
        paragraph(
            Text(
                "监护人可以代儿童行使查阅、复制、更正、补充、删除等权利，随时撤回同意，注销儿童账户。"
                "我们拒绝请求的，书面告知并说明理由。",
                "A guardian can see, copy, correct, supplement and delete for the child, withdraw "
                "consent and cancel the child's account. If we refuse, we say why in writing.",
            )
        )
    ]
    ways = {way.right: way for way in app.rights}
    rows = tuple(
        (
            cell(strong(RIGHT[right])),
            lines((in_corners(both(ways[right].path)),)),
            cell(deadline_in_words(ways[right].working_days)),
        )
        for right in RIGHT
        if right in ways
    )
    if rows:
        blocks.append(
            Table(
                Text("权利、路径和期限", "Rights, ways and deadlines"),
                (
                    Column(Text("权利", "Right"), 3),
                    Column(Text("路径", "Where"), 5),
                    Column(Text("答复期限", "Answer"), 3),
                ),
                rows,
            )
        )
    return Section("rights", Text("监护人和儿童的权利", "Rights"), tuple(blocks))


def _complaints(declared: Declared) -> Section:
    complaints = declared.handler.complaints
    items = [
        fill(
            "应用内投诉：{path}，{n} 个工作日内答复",
            "In the app: {path}, answered within {n} working days",
            path=in_corners(both(complaints.path)),
            n=complaints.working_days,
        ),
        *contact_lines(complaints.contacts),
        Text(
            "也可以向网信、公安等部门投诉、举报，或者依法向人民法院提起诉讼。",
            "You can also turn to the cyberspace authority or the police, or sue.",
        ),
    ]
    return Section("complaints", Text("投诉、举报", "Complaints"), (bullets(items),))


def _grown(declared: Declared) -> Section:
    del declared
    return Section(
        "grown",
        Text("满十四周岁以后", "From fourteen on"),
        (
            bullets(
                [
                    Text(
                        "年满十四周岁的，由本人重新作出决定；此前监护人的同意不再作为依据。",
                        "From fourteen on the young person decides anew; the guardian's consent no "
                        "longer stands.",
                    ),
                    Text(
                        "已满十四周岁不满十八周岁的，我们不强制要求提供非必要的个人信息，"
                        "不因不同意或者撤回同意而拒绝提供基本功能。",
                        "Between fourteen and seventeen nobody is made to give what is not needed, "
                        "and basic services do not depend on consent.",
                    ),
                ]
            ),
        ),
    )
