"""What people read of an audit pack, made of its facts alone: sheets of its parts, the report.

Nothing else comes in, so that who has the JSON of a pack can make them anew.
"""

from chengnuo.base.instant import from_us
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.document import Block, Document, DocumentKind, Facts, notice_box
from chengnuo.domain.governance.audit_pack import (
    MOST_ON_PAPER,
    MOST_ON_SHEET,
    PackFacts,
    PackPart,
)
from chengnuo.domain.governance.audit_pack_words import TITLE, cannot, head_lines
from chengnuo.law.civil import civil_date

_PACK, _CANNOT = Text("本包", "This pack"), Text("不能说明的事", "What it cannot show")


def part_document(part: PackPart, facts: PackFacts) -> Document:
    """Return a part as a document of its own, as far as a sheet has rows."""
    return Document(
        id=part.id,
        kind=DocumentKind.AUDIT_PACK,
        title=part.title,
        facts=_heading(facts),
        blocks=tuple(part.blocks(MOST_ON_SHEET)),
    )


def report_document(facts: PackFacts) -> Document:
    """Return the report: what the pack is, and a chapter for each part."""
    said = tuple(
        Text(zh, en)
        for zh, en in zip(head_lines(facts, Lang.ZH), head_lines(facts, Lang.EN), strict=True)
    )
    blocks: list[Block] = [notice_box(_PACK, *said), notice_box(_CANNOT, *cannot())]
    for part in facts.parts:
        blocks += part.blocks(MOST_ON_PAPER)
    return Document(
        id="report",
        kind=DocumentKind.AUDIT_PACK,
        title=TITLE,
        facts=_heading(facts),
        blocks=tuple(blocks),
    )


def _heading(facts: PackFacts) -> Facts:
    day = civil_date(from_us(facts.end))
    return Facts(
        handler=facts.handler,
        app=facts.handler,
        register=facts.versions[-1] if facts.versions else "",
        law=facts.law,
        updated=day,
        effective=day,
        letter=facts.period,
    )
