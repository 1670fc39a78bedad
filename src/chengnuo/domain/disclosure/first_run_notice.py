"""The first-run notice: a title, a few lines, links, and two buttons of equal weight.

Nothing is ticked, nothing else can be pressed, and refusing leads into the app with its basic
services (191号文 1.2, 3.4; PIPL Arts. 14, 16).
"""

from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import (
    Block,
    Choices,
    Document,
    DocumentKind,
    bullets,
    joined,
    link,
    paragraph,
)
from chengnuo.domain.disclosure.saying import both, fill, joined_texts
from chengnuo.domain.disclosure.separate_consent import consent_sheets
from chengnuo.domain.register.governance import NoticeKind
from chengnuo.domain.register.permission_words import permissions_by_words

TITLE = Text("首次运行提示", "First-run notice")
AGREE = Text("同意并继续", "Agree and go on")
REFUSE = Text("不同意，仅用基本功能", "Refuse, basic services only")
_RULES = Text("《隐私政策（个人信息处理规则）》", "Privacy policy (processing rules)")
_MINORS = Text("《儿童个人信息处理规则》", "Rules for children's information")
_SUMMARY = Text("《规则摘要》", "Summary")
_MAX_LINES = 5
_MAX_PERMISSIONS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRunNotice:
    """What is shown when the app is first opened.

    Attributes:
        title: Its title.
        lines: Three to five lines.
        links: Documents that it leads to, with the words of each link.
        buttons: Agreeing and refusing, of equal weight; there is no third.

    """

    title: Text
    lines: tuple[Text, ...]
    links: tuple[tuple[Text, DocumentKind], ...]
    buttons: tuple[Text, Text] = (AGREE, REFUSE)


def first_run_notice(declared: Declared) -> FirstRunNotice:
    """Return the first-run notice of an app."""
    links = [(_RULES, DocumentKind.PROCESSING_RULES), (_SUMMARY, DocumentKind.SUMMARY_TABLE)]
    if declared.app.access.minors_rules_path is not None or any(
        activity.minors_under_14 == "guardian-consent" for activity in declared.activities
    ):
        links.append((_MINORS, DocumentKind.MINORS_RULES))
    return FirstRunNotice(
        title=fill("欢迎使用{app}", "Welcome to {app}", app=declared.facts.app),
        lines=tuple(_lines(declared)[:_MAX_LINES]),
        links=tuple(links),
    )


def first_run_document(declared: Declared) -> Document:
    """Return the first-run notice as a document, as it is to be shown."""
    notice = first_run_notice(declared)
    leading = joined(
        (link(words, f"{kind.value}.html") for words, kind in notice.links), Text("、", ", ")
    )
    blocks: tuple[Block, ...] = (
        paragraph(notice.title),
        bullets(notice.lines),
        paragraph(Text("请阅读：", "Please read: "), *leading),
        Choices(None, notice.buttons),
    )
    return Document(
        id=DocumentKind.FIRST_RUN_NOTICE.value,
        kind=DocumentKind.FIRST_RUN_NOTICE,
        title=fill("《{app}》{title}", "{app}: {title}", app=declared.facts.app, title=TITLE),
        facts=declared.facts,
        blocks=blocks,
    )


def _lines(declared: Declared) -> list[Text]:
    own = [both(notice.body) for notice in declared.own_words(NoticeKind.FIRST_RUN)]
    found = own[:1]
    if not own and not declared.app.first_run.collects_before:
        found.append(
            Text(
                "在您同意之前，我们不收集您的个人信息。",
                "Nothing is collected before you agree.",
            )
        )
    needed = dict.fromkeys(
        item.category
        for service in declared.services
        if service.basic
        for activity in declared.activities_of(service)
        for item in activity.items
        if item.necessary
    )
    basic = joined_texts(
        (
            both(one.name)
            for one in declared.register.services
            if one.app == declared.app_id and one.basic
        ),
        "；",
        "; ",
    )
    if needed:
        found.append(
            fill(
                "基本功能在您使用时才处理必要信息：{names}。",
                "Basic services handle what they need when you use them: {names}.",
                names=joined_texts((declared.name_of(each) for each in needed), "；", "; "),
            )
        )
    if basic.zh:
        found.append(
            fill(
                "选择“{refuse}”，您仍可以使用：{basic}。",
                "With “{refuse}” you can still use: {basic}.",
                refuse=REFUSE,
                basic=basic,
            )
        )
    else:
        found.append(
            Text(
                "不同意的，您仍可以浏览不需要个人信息的内容。",
                "If you refuse, you can still look at what needs no personal information.",
            )
        )
    found.extend(_asked_later(declared))
    found.append(
        Text(
            "您可以随时查阅、更正、删除您的个人信息，或者撤回同意。",
            "You can see, correct and delete your information, or withdraw consent, at any time.",
        )
    )
    return found


def _asked_later(declared: Declared) -> list[Text]:
    permissions = list(
        dict.fromkeys(
            words
            for activity in declared.activities
            for words, asked in permissions_by_words(activity.permissions).items()
            if any(each.has_dialog for each in asked)
        )
    )
    if permissions:
        return [
            fill(
                "{names}等权限，只在您使用对应功能时逐项询问，可以拒绝。",
                "Permissions such as {names} are asked for one by one when you use what needs "
                "them; you can refuse.",
                names=joined_texts(permissions[:_MAX_PERMISSIONS]),
            )
        ]
    if consent_sheets(declared):
        return [
            Text(
                "敏感个人信息、向第三方提供等事项，另行单独征得您的同意。",
                "Sensitive information, giving to others and the like are asked for separately.",
            )
        ]
    return []
