"""The working papers of an audit as JSON, and reading them back: all that their documents say.

Nothing is verified by reading. A member that is not known is left out.
"""

from datetime import UTC, date, datetime, time
from typing import Literal

import msgspec

from chengnuo.base.canonical import Tree
from chengnuo.base.shapes import ready
from chengnuo.base.text import Lang, Text
from chengnuo.domain.dossier.audit_conclusions import ITEM, OTHER, Conclusion
from chengnuo.domain.dossier.audit_items.all_items import ITEMS
from chengnuo.domain.dossier.dossier import Act, Dossier, DossierId
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.sorts.audit import AUDIT, PLAN, REPORT
from chengnuo.domain.governance.audit_papers import (
    Answer,
    AuditPapers,
    Bearing,
    ItemPaper,
    Remedy,
    Source,
)

_PLAN = (
    ("title", "title", "title"),
    ("kind", "kind", "kind"),
    ("by_whom", "byWhom", "by-whom"),
    ("auditor", "auditor", "auditor"),
    ("start", "from", "period-from"),
    ("end", "to", "period-to"),
)
"""What was said of an audit: as it is read here, its member in JSON, its field."""
_SAID = ("finding", "samples", "evidence", "file", "due")
"""What was said of an item beside its result; null where nothing was."""


def papers_tree(drawn: AuditPapers) -> Tree:
    """Return the working papers of an audit as JSON."""
    report = drawn.audit.last(REPORT)
    return {
        "audit": drawn.audit.id,
        **{name: _line(drawn.audit.value(field)) for _, name, field in _PLAN},
        "state": _both(drawn.state),
        "handler": _both(drawn.handler),
        "on": drawn.on.isoformat(),
        "registerVersion": drawn.register_version,
        "listVersion": drawn.list_version,
        "law": drawn.law_version,
        "logSize": drawn.log_size,
        "logRoot": drawn.log_root,
        "small": None if drawn.small is None else _both(drawn.small),
        "report": None if report is None else _line(report.fields.get("summary")),
        "counts": dict(drawn.counts()),
        "items": [_item(one) for one in drawn.items],
    }


def read_papers(data: bytes) -> AuditPapers | None:
    """Return the working papers that a file holds, as far as their documents tell them, or None."""
    try:
        read = _READ.decode(data)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    at = datetime.combine(read.on, time(), UTC)
    plan = {field: getattr(read, name) for name, _, field in _PLAN}
    acts = [_act(1, PLAN, at, plan)]
    if read.report is not None:
        acts.append(_act(2, REPORT, at, {"summary": read.report}))
    return AuditPapers(
        audit=Dossier(id=DossierId(read.audit), sort=AUDIT.id, person="", acts=tuple(acts)),
        state=read.state.text,
        items=tuple(_paper(one, at) for one in read.items),
        list_version=read.list_version,
        register_version=read.register_version,
        law_version=read.law,
        handler=read.handler.text,
        on=read.on,
        log_size=read.log_size,
        log_root=read.log_root,
        small=None if read.small is None else read.small.text,
    )


class _Words(msgspec.Struct, frozen=True):
    zh: str
    en: str

    @property
    def text(self) -> Text:
        return Text(self.zh, self.en)


class _Answer(msgspec.Struct, frozen=True):
    source: Source
    id: str
    text: _Words
    bearing: Bearing
    count: int | None
    position: int | None
    leaf: str | None


class _Remedy(msgspec.Struct, frozen=True):
    dossier: str
    state: _Words
    due: str
    done: bool


class _Item(msgspec.Struct, frozen=True):
    item: str
    name: _Words
    result: Literal["conforms", "partly", "does-not", "not-applicable", "open"]
    position: int | None
    finding: str | None
    samples: str | None
    evidence: str | None
    file: str | None
    due: str | None
    remedy: _Remedy | None
    answers: tuple[_Answer, ...]


class _Papers(msgspec.Struct, frozen=True, rename="camel"):
    audit: str
    title: str
    kind: Literal["regular", "ordered", "minors"]
    by_whom: Literal["internal", "external"]
    auditor: str
    start: str = msgspec.field(name="from")
    end: str = msgspec.field(name="to")
    state: _Words
    handler: _Words
    on: date
    register_version: str
    list_version: str
    law: str
    log_size: int
    log_root: str
    small: _Words | None
    report: str | None
    items: tuple[_Item, ...]


_READ = msgspec.json.Decoder(ready(_Papers))


def _act(
    number: int, what: str, at: datetime, fields: dict[str, Value], position: int | None = None
) -> Act:
    return Act(
        number=number,
        what=what,
        by="",
        party=Party.STAFF,
        at=at,
        fields=fields,
        position=position,
    )


def _paper(read: _Item, at: datetime) -> ItemPaper:
    said: dict[str, Value] = {
        name: value for name in _SAID if (value := getattr(read, name)) is not None
    }
    act = _act(1, ITEM, at, {"result": read.result, **said}, read.position)
    remedy = read.remedy
    return ItemPaper(
        item=ITEMS.get(read.item),
        name=read.name.text,
        conclusion=None if read.result == "open" else Conclusion(item=read.item, act=act),
        answers=tuple(
            Answer(
                source=one.source,
                id=one.id,
                text=one.text.text,
                bearing=one.bearing,
                count=one.count,
                position=one.position,
                leaf=one.leaf or "",
            )
            for one in read.answers
        ),
        remedy=None
        if remedy is None
        else Remedy(
            dossier=DossierId(remedy.dossier),
            state=remedy.state.text,
            due=remedy.due,
            done=remedy.done,
        ),
    )


def _item(one: ItemPaper) -> Tree:
    said, remedy = one.conclusion, one.remedy
    return {
        "item": OTHER if one.item is None else one.item.id,
        "name": _both(one.name),
        "result": "open" if said is None else said.result,
        "position": None if said is None else said.act.position,
        **{name: None if said is None else said.said(name) or None for name in _SAID},
        "remedy": None
        if remedy is None
        else {
            "dossier": remedy.dossier,
            "state": _both(remedy.state),
            "due": remedy.due,
            "done": remedy.done,
        },
        "answers": [
            {
                "source": answer.source.value,
                "id": answer.id,
                "text": _both(answer.text),
                "bearing": answer.bearing.value,
                "count": answer.count,
                "position": answer.position,
                "leaf": answer.leaf or None,
            }
            for answer in one.answers
        ],
    }


def _both(text: Text) -> Tree:
    return {"zh": text.zh, "en": text.in_lang(Lang.EN)}


def _line(value: Value | None) -> str:
    return "" if value is None else str(value)
