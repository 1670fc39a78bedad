"""The answer to a request in words, and the reasons for which one is refused.

A refusal names its reasons and what can be done against it: a complaint to the handler, a report
to the authority (PIPL Art. 65), a suit (Art. 50 para. 2). Nothing in it is personal, so it can be
kept when the request is closed.
"""

from datetime import datetime

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.right_words import ARTICLE, RIGHT
from chengnuo.domain.disclosure.saying import fill, joined_texts, sentences
from chengnuo.domain.rights.plan import Kept, Refusal
from chengnuo.domain.rights.reply import Outcome, Reply, StoreResult, StoreState
from chengnuo.domain.rights.request import RightsRequest
from chengnuo.law.civil import civil_date

REFUSALS: dict[str, tuple[tuple[str, ...], Text]] = {
    "identity-not-proved": (
        ("PIPL-50",),
        Text("没有能够确认是您本人提出", "It could not be made sure that it is you who asks"),
    ),
    "guardian-needed": (
        ("PIPL-31",),
        Text("您不满十四周岁，须由监护人办理", "You are under fourteen; a guardian has to ask"),
    ),
    "not-a-close-relative-right": (
        ("PIPL-49",),
        Text(
            "近亲属可以查阅、复制、更正、删除，不能办理这一事项",
            "Close relatives may access, copy, correct and delete, but not this",
        ),
    ),
    "wish-of-the-deceased": (
        ("PIPL-49",),
        Text("逝者生前另有安排", "The deceased had arranged otherwise"),
    ),
    "somebody-else": (
        ("PIPL-50",),
        Text("这一请求涉及他人的个人信息", "It is about somebody else's personal information"),
    ),
    "duty-of-law": (
        ("PIPL-47",),
        Text("法律、行政法规要求继续保存", "Laws or administrative regulations demand keeping it"),
    ),
    "secret-by-law": (
        ("PIPL-45", "PIPL-18"),
        Text(
            "法律、行政法规规定应当保密或者不需要告知",
            "Laws or administrative regulations demand secrecy",
        ),
    ),
    "no-ground": (
        ("PIPL-47",),
        Text("没有出现应当删除的情形", "None of the grounds for deletion has come about"),
    ),
    "not-correct": (
        ("PIPL-46",),
        Text("核实后，现有信息准确、完整", "It was checked and found correct and complete"),
    ),
    "conditions-of-transfer": (
        ("PIPL-45", "NDR-25"),
        Text("不符合转移的条件", "The conditions of a transfer are not met"),
    ),
    "rights-of-others": (
        ("PIPL-50",),
        Text("办理会损害他人合法权益", "It would harm the lawful interests of others"),
    ),
}
"""Reasons for which a request may be refused, each with the articles it rests on."""


def refusal(code: str, what: Text, more: str = "") -> Refusal:
    """Return a refusal.

    Args:
        code: One of `REFUSALS`.
        what: What is refused.
        more: More of the reason, in the words of whoever refuses.

    """
    articles, why = REFUSALS[code]
    said = fill("{why}。{more}", "{why}. {more}", why=why, more=more) if more else why
    return Refusal(code=code, articles=articles, what=what, why=said)


def remedies(complaints: Text) -> tuple[Text, ...]:
    """Return what can be done against an answer."""
    return (
        fill("向我们投诉：{way}", "Complain to us: {way}", way=complaints),
        Text(
            "向履行个人信息保护职责的部门（如网信部门，电话 12377）投诉、举报"
            "（个人信息保护法第六十五条）",
            "Complain to the authorities in charge of personal information, as the Cyberspace"
            " Administration, telephone 12377 (PIPL Art. 65)",
        ),
        Text(
            "依法向人民法院提起诉讼（个人信息保护法第五十条第二款）",
            "Bring a suit before a people's court (PIPL Art. 50 para. 2)",
        ),
    )


_OPENING: dict[Outcome, Text] = {
    Outcome.FULFILLED: Text("您的请求已经办理完毕", "Your request has been carried out"),
    Outcome.PARTLY: Text(
        "您的请求已经部分办理，未办理的部分和理由如下",
        "Your request has been carried out in part; what was not, and why, is said below",
    ),
    Outcome.REFUSED: Text(
        "您的请求未能办理，理由如下", "Your request has not been carried out, for these reasons"
    ),
}


def letter_of(
    request: RightsRequest, reply: Reply, *, handler: Text, to_minor: bool, answer: str
) -> Text:
    """Return the whole answer in words."""
    parts = [
        fill(
            "关于您于 {day} 提出的「{right}」请求（编号 {id}，个人信息保护法第 {article} 条）",
            "About your request of {day}: {right} (number {id}, PIPL Art. {article})",
            day=civil_date(request.received).isoformat(),
            right=RIGHT[request.right],
            id=request.id,
            article=ARTICLE[request.right],
        ),
        _OPENING[reply.outcome],
    ]
    if answer:
        parts.append(Text(answer, answer))
    parts += [_done(result) for result in reply.stores]
    parts += [
        fill("{what}：{why}", "{what}: {why}", what=one.what, why=one.why) for one in reply.refusals
    ]
    parts += [_kept(one) for one in reply.kept]
    for names, zh, en in (
        (reply.told, "已确认处理的外部接收方：{names}", "Confirmed by: {names}"),
        (
            reply.not_told,
            "以下接收方尚未确认：{names}；您可以直接联系它们",
            "Not confirmed by: {names}; you can turn to them directly",
        ),
    ):
        if names:
            parts.append(fill(zh, en, names=joined_texts(names)))
    if reply.remedies:
        ways = joined_texts(reply.remedies, "；", "; ")
        parts.append(fill("如有异议，您可以：{ways}", "You can: {ways}", ways=ways))
    if to_minor:
        parts.append(
            Text(
                "本答复以书面形式送达未成年人及其监护人（未成年人网络保护条例第三十四条）",
                "This answer is given in writing to the minor and the guardian (Regulation on the"
                " Protection of Minors Online, Art. 34)",
            )
        )
    parts.append(fill("{handler}，{day}", "{handler}, {day}", handler=handler, day=_day(reply.at)))
    return sentences(parts)


def extension_letter(request: RightsRequest, until: str, reason: str) -> Text:
    """Return what the individual is told when the time for the answer is extended."""
    return fill(
        "您的请求（编号 {id}）需要更多时间，答复期限延长至 {until}。理由：{reason}",
        "Your request (number {id}) takes more time; you have an answer by {until}. Why: {reason}",
        id=request.id,
        until=until,
        reason=reason,
    )


_NOT_AGAIN = Text("，事后未能复查", "; it could not be looked at again afterwards")


def _done(result: StoreResult) -> Text:
    if result.state is StoreState.DONE and result.at is None:
        return fill(
            "{name}：由工作人员人工办理并确认，系统未能自行查看",
            "{name}: carried out by hand and confirmed by staff; the system could not look itself",
            name=result.name,
        )
    if result.state is StoreState.DONE:
        return fill(
            "{name}：找到 {found} 条，删除 {deleted} 条，修改 {changed} 条，"
            "依法或因属于他人保留 {kept} 条{again}",
            "{name}: {found} rows found, {deleted} deleted, {changed} changed, {kept} kept{again}",
            name=result.name,
            found=result.found,
            deleted=result.deleted,
            changed=result.changed,
            kept=result.kept,
            again=_NOT_AGAIN if result.residue is None else Text(""),
        )
    if result.stopped is not None:
        what = result.stopped.what
        return fill(
            "{name}：未完成，{what}", "{name}: not done, {what}", name=result.name, what=what
        )
    return fill("{name}：未完成", "{name}: not done", name=result.name)


def _kept(kept: Kept) -> Text:
    if kept.until is None:
        return fill(
            "依 {duty} 保留，期限自相应事件发生时起算；期间只存储并采取安全保护措施",
            "Kept under {duty}; the time runs from an event to come; only stored and protected",
            duty=kept.duty,
        )
    return fill(
        "依 {duty} 保留至 {day}；期间只存储并采取安全保护措施，期满删除",
        "Kept under {duty} until {day}, only stored and protected, then deleted",
        duty=kept.duty,
        day=_day(kept.until),
    )


def _day(at: datetime) -> str:
    return civil_date(at).isoformat()
