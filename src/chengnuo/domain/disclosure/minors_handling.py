"""What is handled about children, with whose consent, where and for how long."""

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.country_words import country_in_words
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import (
    Block,
    Column,
    Heading,
    Line,
    Table,
    bullets,
    cell,
    line,
    paragraph,
)
from chengnuo.domain.disclosure.head import SENSITIVE_MARK
from chengnuo.domain.disclosure.method_words import retention_in_words
from chengnuo.domain.disclosure.recipient_words import (
    contact_lines,
)
from chengnuo.domain.disclosure.rules_collection import activity_lines, handles_children
from chengnuo.domain.disclosure.rules_section import Section
from chengnuo.domain.disclosure.saying import both, fill, joined_texts
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.app import Audience, UnknownAge

_ALL_SENSITIVE = Text(
    "不满十四周岁未成年人的个人信息均为敏感个人信息。",
    "All personal information of a child under fourteen is sensitive.",
)


def minors_who(declared: Declared) -> Section:
    """Return who is in charge (rules on children's information, Art. 8)."""
    handler = declared.handler
    items: list[Line] = [
        line(fill("处理者：{x}", "Handler: {x}", x=both(handler.name))),
        *(line(way) for way in contact_lines(handler.contacts)),
    ]
    officer = handler.protection_officer
    if officer is not None:
        ways = joined_texts(contact_lines(officer.contacts), "；", "; ")
        items.append(
            line(
                fill(
                    "儿童个人信息保护由{title}专门负责（{ways}）",
                    "In charge of children's information: {title} ({ways})",
                    title=both(officer.title),
                    ways=ways,
                )
            )
        )
    return Section("who", Text("谁负责", "Who is in charge"), (bullets(items),))


def minors_what(declared: Declared, activities: tuple[ProcessingActivity, ...]) -> Section:
    """Return what is handled about children, activity by activity."""
    title = Text("我们处理儿童的哪些个人信息", "What we handle about children")
    if not activities:
        return Section(
            "what",
            title,
            (
                paragraph(
                    Text(
                        "本应用的各项功能均不收集儿童的个人信息。发现在未取得监护人同意的情况下收集的，"
                        "我们会尽快删除。",
                        "Nothing in this app collects information about children. What we find "
                        "that a guardian did not agree to, we delete soon.",
                    )
                ),
            ),
        )
    blocks: list[Block] = [paragraph(_ALL_SENSITIVE), paragraph(SENSITIVE_MARK)]
    for activity in activities:
        blocks.append(Heading(2, f"activity-{activity.activity}", both(activity.purpose)))
        blocks.append(bullets(activity_lines(declared, activity)))
    others = [one for one in declared.activities if not handles_children(one)]
    if others:
        blocks.append(Heading(2, "not-collected", Text("不收集的情形", "What is not collected")))
        blocks.append(
            paragraph(
                Text(
                    "下列处理不针对儿童，不收集儿童的个人信息：",
                    "These do not collect anything about children:",
                )
            )
        )
        blocks.append(bullets(both(one.purpose) for one in others))
    return Section("what", title, tuple(blocks))


def minors_consent(declared: Declared, activities: tuple[ProcessingActivity, ...]) -> Section:
    """Return how a guardian consents, and that refusing does no harm (PIPL Art. 31)."""
    items: list[Text] = [
        Text(
            "收集、使用、转移、披露儿童个人信息前，我们以显著、清晰的方式告知监护人，并征得监护人的同意；"
            "告知的事项发生实质变化的，再次征得同意。",
            "Before anything about a child is collected, used, passed on or disclosed, we tell the "
            "guardian clearly and ask for consent, and again when what we told changes in "
            "substance.",
        ),
        Text(
            "监护人可以拒绝。拒绝的，儿童仍可以使用不需要个人信息的功能。",
            "A guardian can refuse. The child can then still use what needs no personal "
            "information.",
        ),
    ]
    items.append(
        Text(
            "监护人意见不一致的，按不同意处理，由表示不同意的监护人自己改变；监护关系终止的，"
            "凭该关系作出的同意随之终止，需要时重新征求监护人同意。",
            "If guardians disagree it is no, until the one who said no changes it. When a guardian "
            "is one no longer, what was agreed to as one ends and a guardian is asked anew.",
        )
    )
    refused = dict.fromkeys(
        both(item.if_refused)
        for activity in activities
        for item in activity.items
        if item.if_refused is not None
    )
    if refused:
        items.append(
            fill("拒绝的后果：{x}", "What refusing means: {x}", x=joined_texts(refused, "；", "; "))
        )
    items.extend(ages_in_words(declared.app.audience))
    return Section("consent", Text("监护人的同意", "A guardian's consent"), (bullets(items),))


def ages_in_words(audience: Audience) -> tuple[Text, ...]:
    """Return how ages are learnt, and for whom somebody of unknown age is taken and why."""
    said = [both(text) for text in (audience.age_check, audience.unknown_age) if text is not None]
    if audience.unknown_age_as is not None:
        said.append(_TAKEN_FOR[audience.taken_for])
    if audience.taken_for is UnknownAge.ADULT and audience.low_risk is not None:
        said.append(
            fill("风险较低的理由：{x}", "Why the risk is low: {x}", x=both(audience.low_risk))
        )
    return tuple(said)


_TAKEN_FOR = {
    UnknownAge.CHILD: Text(
        "年龄未知的，一律按不满十四周岁对待，由监护人决定。",
        "Somebody of unknown age is taken for a child under fourteen: a guardian decides.",
    ),
    UnknownAge.CHILD_WHERE_SENSITIVE: Text(
        "年龄未知的，凡涉及敏感个人信息，按不满十四周岁对待，由监护人决定。",
        "Where sensitive information is handled, somebody of unknown age is taken for a child "
        "under fourteen: a guardian decides.",
    ),
    UnknownAge.ADULT: Text(
        "年龄未知的，由本人自行决定；得知不满十四周岁的，立即停止并改由监护人决定。",
        "Somebody of unknown age decides alone; once known to be under fourteen, it stops and a "
        "guardian decides.",
    ),
}


def minors_kept(declared: Declared, activities: tuple[ProcessingActivity, ...]) -> Section:
    """Return places and periods."""
    if not activities:
        return Section("kept", Text("", ""), ())
    used = {table.partition(".")[0] for one in activities for table in one.stores}
    places = joined_texts(
        dict.fromkeys(
            country_in_words(store.country)
            if store.region is None
            else fill(
                "{x}（{y}）",
                "{x} ({y})",
                x=country_in_words(store.country),
                y=both(store.region),
            )
            for store in declared.stores
            if store.store in used
        ),
        "；",
        "; ",
    )
    blocks: list[Block] = []
    if places.zh:
        blocks.append(paragraph(fill("存储地点：{x}。", "Kept in: {x}.", x=places)))
    blocks.append(
        Table(
            Text("保存期限和到期处理", "Periods and what follows"),
            (Column(Text("目的", "Purpose")), Column(Text("保存期限", "Period"))),
            tuple(
                (cell(both(one.purpose)), cell(retention_in_words(one.retention)))
                for one in activities
            ),
        )
    )
    return Section("kept", Text("存放地点和期限", "Where and how long"), tuple(blocks))
