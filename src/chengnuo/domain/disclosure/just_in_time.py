"""One line at the moment of asking: what for, what is used, and what if not (191号文 2.3).

A line stands before the system's own dialog for each permission of an activity, and before a
sensitive item is filled in where no permission is asked for. A permission that the system grants
on installing has no dialog and no line.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import (
    Block,
    Column,
    Document,
    DocumentKind,
    Table,
    cell,
    code,
    lines,
    paragraph,
)
from chengnuo.domain.disclosure.saying import both, fill, sentences
from chengnuo.domain.register.activity import PIItem, ProcessingActivity
from chengnuo.domain.register.asking_line import Asking, asking_line, items_behind
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.permission_words import AskedPermission, permissions_by_words

TITLE = Text("即时提示", "Notices at the moment")
_LEAD = Text(
    "申请权限或者收集敏感个人信息时，与系统弹窗同步显示下列提示。",
    "What is shown, together with the system's dialog, when a permission or a sensitive item is "
    "asked for.",
)
_NONE = Text(
    "本应用不申请系统权限，也不收集敏感个人信息。",
    "This app asks for no permission and collects nothing sensitive.",
)
_COLUMNS = (
    Column(Text("时机", "When"), 4),
    Column(Text("权限或者信息", "Permission or item"), 2),
    Column(Text("提示", "Notice"), 5),
    Column(Text("系统名称", "Name in the system"), 3),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentNotice:
    """One line that is shown at one moment.

    Attributes:
        activity: Activity that asks.
        when: The moment, seen by the individual.
        asked: What is asked for, as people call it.
        permissions: Names of the permissions; empty for an item that is filled in.
        words: The line itself.
        otherwise: What happens without it, as a sentence of its own.

    """

    activity: ActivityId
    when: Text
    asked: Text
    permissions: tuple[AskedPermission, ...]
    words: Text
    otherwise: Text


def moment_notices(declared: Declared) -> tuple[MomentNotice, ...]:
    """Return every line, by activity."""
    return tuple(
        notice for activity in declared.activities for notice in _notices(declared, activity)
    )


def just_in_time_document(declared: Declared) -> Document:
    """Return every line as a table."""
    notices = moment_notices(declared)
    blocks: list[Block] = [paragraph(_LEAD if notices else _NONE)]
    if notices:
        rows = tuple(
            (
                cell(notice.when),
                cell(notice.asked),
                cell(notice.words),
                lines(code(f"{each.platform}: {each.name}") for each in notice.permissions),
            )
            for notice in notices
        )
        blocks.append(Table(TITLE, _COLUMNS, rows))
    return Document(
        id=DocumentKind.JUST_IN_TIME.value,
        kind=DocumentKind.JUST_IN_TIME,
        title=fill("《{app}》{title}", "{app}: {title}", app=declared.facts.app, title=TITLE),
        facts=declared.facts,
        blocks=tuple(blocks),
    )


def _notices(declared: Declared, activity: ProcessingActivity) -> Iterator[MomentNotice]:
    when = both(activity.scene)
    found = {
        words: asked
        for words, asked in permissions_by_words(activity.permissions).items()
        if any(each.has_dialog for each in asked)
    }
    for words, asked in found.items():
        about = items_behind(activity, asked, declared.catalogue)
        yield MomentNotice(
            activity=activity.activity,
            when=when,
            asked=words,
            permissions=asked,
            words=asking_line(activity, words, about, Asking.ALLOW),
            otherwise=_alternative(about),
        )
    if found:
        return
    for item in activity.items:
        if declared.is_sensitive(item):
            name = declared.name_of(item.category)
            yield MomentNotice(
                activity=activity.activity,
                when=when,
                asked=name,
                permissions=(),
                words=asking_line(activity, name, (item,), Asking.GIVE),
                otherwise=_alternative((item,)),
            )


_ANYWAY = Text("不影响其他功能的使用。", "Everything else works as before.")


def _alternative(items: tuple[PIItem, ...]) -> Text:
    """Return the way without it as sentences of their own, first letter and stop included."""
    given = dict.fromkeys(both(item.if_refused) for item in items if item.if_refused is not None)
    return sentences(given) if given else _ANYWAY
