"""Notifications in words, as plain text and as a page.

The words name the request by its id, the day it is due and where to look; nothing of what it is
about. What a mail or a webhook says may be read by anybody on the way.
"""

import html

from chengnuo.base.text import Lang, Text
from chengnuo.ports.notifying import Message, Notable, Notification

_SAYS: dict[Notable, Text] = {
    Notable.RECEIVED: Text("已收到一项权利请求", "A request about rights was received"),
    Notable.NEEDS_IDENTITY: Text(
        "请确认身份后继续办理", "Please prove that it is you, so that we can go on"
    ),
    Notable.READY: Text("文件已备好，可以下载", "Your files are ready to download"),
    Notable.DONE: Text("请求已办结", "The request is done"),
    Notable.PARTLY: Text("请求已部分办结", "The request is done in part"),
    Notable.REFUSED: Text(
        "请求未能办理，理由见详情", "The request was refused; the reasons are shown"
    ),
    Notable.EXTENDED: Text(
        "办理期限已延长，理由见详情", "More time is needed; the reasons are shown"
    ),
    Notable.DUE_SOON: Text("一项权利请求即将到期", "A request about rights is due soon"),
    Notable.PARKED: Text("一项权利请求停在障碍上", "A request about rights stands still"),
    Notable.TASK: Text("有需要人工办理的事项", "Something has to be done by hand"),
    Notable.RELEASE_NEEDED: Text("一项方案等待复核", "A plan waits for review"),
}


def message_of(notification: Notification, *, public_url: str, lang: Lang) -> Message:
    """Return a notification in words, as plain text and as a page.

    Args:
        notification: What came about.
        public_url: Address of this service, without a slash at its end; empty leaves links away.
        lang: Language of the words.

    """
    said = _SAYS[notification.event].in_lang(lang)
    lines = [said + ("。" if lang is Lang.ZH else "."), _request(notification).in_lang(lang)]
    if notification.due is not None:
        lines.append(_due(notification).in_lang(lang))
    page = "/centre/rights" if notification.to is None else "/console/rights"
    link = f"{public_url}{page}" if public_url else ""
    closing = _WHY.in_lang(lang)
    text = "\n".join([*lines, *([link] if link else []), "", closing, ""])
    shown = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    if link:
        quoted = html.escape(link, quote=True)
        shown += f'<p><a href="{quoted}">{html.escape(_OPEN.in_lang(lang))}</a></p>'
    code = "zh-CN" if lang is Lang.ZH else "en"
    return Message(
        subject=f"{said} ({notification.request})",
        text=text,
        html=(
            f'<!doctype html><html lang="{code}"><meta charset="utf-8">'
            f"<title>{html.escape(said)}</title>"
            f"<body>{shown}<p><small>{html.escape(closing)}</small></p></body></html>"
        ),
    )


def _request(notification: Notification) -> Text:
    return Text(f"请求编号：{notification.request}", f"Request: {notification.request}")


def _due(notification: Notification) -> Text:
    left = notification.days_left
    if left is None:
        return Text(f"最迟答复日：{notification.due}", f"Answer due by {notification.due}.")
    if left < 0:
        return Text(
            f"最迟答复日：{notification.due}，已超过 {-left} 个工作日",
            f"Answer was due by {notification.due}; {-left} working days over.",
        )
    return Text(
        f"最迟答复日：{notification.due}，还剩 {left} 个工作日",
        f"Answer due by {notification.due}; {left} working days left.",
    )


_OPEN = Text("查看", "Open")
_WHY = Text(
    "本通知不含个人信息。登录后可查看详情。",
    "This notice holds no personal information; the details are shown after you sign in.",
)
