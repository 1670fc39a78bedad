"""Decisions in words: outcomes, what was found, duties; Chinese first."""

from datetime import timedelta, timezone

from chengnuo.base.digest import short
from chengnuo.base.instant import from_us
from chengnuo.base.text import Lang, Text
from chengnuo.domain.decision.decision import Duty, DutyKind, Outcome, Ruling
from chengnuo.usecases.decision.answering import Answer

_BEIJING = timezone(timedelta(hours=8), "UTC+08:00")

OUTCOMES: dict[Outcome, Text] = {
    Outcome.PERMIT: Text("可以处理", "permitted"),
    Outcome.ASK: Text("须先征得同意", "needs consent first"),
    Outcome.REFUSE: Text("不得处理", "refused"),
}

FOUND: dict[str, Text] = {
    "unknown": Text("未登记", "not registered"),
    "categories": Text("种类超出登记", "categories beyond what is registered"),
    "vetting": Text("接收方评估未通过", "the recipient did not pass vetting"),
    "agreement": Text("协议已过期", "the agreement has lapsed"),
    "agreement-ahead": Text("协议尚未生效", "the agreement is not in force yet"),
    "no-agreement": Text("没有协议", "there is no agreement"),
    "given-up": Text("与接收方的合作已终止", "cooperation with the recipient was ended"),
    "beyond-agreed": Text("种类超出约定", "categories beyond what was agreed"),
    "assessment-not-approved": Text("评估尚未批准", "its assessment is not approved"),
    "assessment-changed": Text(
        "批准之后活动有变化，须重新评估", "it changed since its assessment was approved"
    ),
    "assessment-lapsed": Text("评估已过有效期", "its assessment has lapsed"),
    "assessment-grounds": Text("评估没有覆盖全部事由", "its assessment lacks a ground"),
    "not-counted": Text("没有计数", "nobody has counted"),
    "none": Text("没有路径", "there is no route"),
    "not-given": Text("没有有效的同意", "none in force"),
    "refused": Text("个人已拒绝或撤回", "the individual refused or withdrew"),
    "guest": Text("未登录或账户状态未知", "no account, or its state is not known"),
    "cancelled": Text("账户已注销", "the account is cancelled"),
}
"""What a rule found; a word not here is an id of the register and stands for itself."""

DUTIES: dict[DutyKind, Text] = {
    DutyKind.MASK: Text("公开前遮盖", "mask before it is shown in public"),
    DutyKind.NON_PERSONALISED: Text(
        "改为不针对个人特征的内容", "serve what does not rest on personal characteristics"
    ),
    DutyKind.OFFER_REFUSAL: Text("提供便捷的拒绝方式", "give an easy way to refuse"),
    DutyKind.EXPLAIN: Text("应要求予以说明", "explain it on request"),
    DutyKind.HUMAN_REVIEW: Text("应要求由人工复核", "let a person look at it on request"),
    DutyKind.NOTIFY_AFTER: Text("紧急情况消除后告知", "tell the individual afterwards"),
    DutyKind.RECORD_PROVISION: Text("记录提供情况", "record what was provided to whom"),
}


def outcome_words(outcome: Outcome, lang: Lang) -> str:
    """Return what an outcome means."""
    return OUTCOMES[outcome].in_lang(lang)


def found_words(why: str, lang: Lang) -> str:
    """Return what a rule found."""
    return FOUND[why].in_lang(lang) if why in FOUND else why


def ruling_words(ruling: Ruling, lang: Lang) -> str:
    """Return a rule with its article, the row it was applied to, and what was found."""
    zh = lang is Lang.ZH
    said = ruling.rule.text.in_lang(lang)
    article = f"（{ruling.rule.article}）" if zh else f" ({ruling.rule.article})"
    parts = [said + article]
    if ruling.row:
        parts.append(ruling.row)
    if ruling.why:
        parts.append(found_words(ruling.why, lang))
    return " · ".join(parts)


def duty_words(duty: Duty, lang: Lang) -> str:
    """Return a duty, what it is about and how."""
    parts = [DUTIES[duty.kind].in_lang(lang), duty.about, duty.how]
    return " · ".join(part for part in parts if part)


def basis_words(answer: Answer, law: str, lang: Lang) -> str:
    """Return what an answer was given by: instant, versions, log position."""
    at = from_us(answer.at).astimezone(_BEIJING).strftime("%Y-%m-%d %H:%M:%S UTC+08:00")
    register = short(answer.register)
    if lang is Lang.ZH:
        said = f"时刻 {at} · 登记簿 {register} · 法规 {law} · 日志位置 {answer.position}"
        rests = " · 依据记录 " if answer.consents else ""
        noted = "" if answer.recorded is None else f" · 本次记录 {answer.recorded}"
    else:
        said = f"at {at} · register {register} · law {law} · log position {answer.position}"
        rests = " · rests on records " if answer.consents else ""
        noted = "" if answer.recorded is None else f" · recorded as {answer.recorded}"
    return said + rests + ", ".join(str(one) for one in answer.consents) + noted


def prompt_path(activity: str) -> str:
    """Return where the privacy centre asks for what an activity needs."""
    return f"/centre/prompts/{activity}"
