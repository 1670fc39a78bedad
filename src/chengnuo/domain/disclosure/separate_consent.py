"""One sheet for each separate consent: everything that the individual must know to decide.

PIPL Arts. 23, 25, 26, 29, 30, 31 and 39 each ask for an act of its own, so each consent item of a
separate, written or guardian form has its own sheet with one box that is not ticked and two
buttons of equal weight. A sheet never speaks of two matters.
"""

from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.consent_asking import asked
from chengnuo.domain.disclosure.consent_facts import consent_facts
from chengnuo.domain.disclosure.consent_matter import Matter
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import (
    Block,
    Choices,
    Document,
    DocumentKind,
    Heading,
    Line,
    bullets,
    paragraph,
    strong,
)
from chengnuo.domain.disclosure.saying import fill
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.consent_items import (
    ConsentItem,
    ConsentItemId,
    consent_items_of,
)
from chengnuo.law.consent_form import ConsentForm

TITLE = Text("单独同意事项", "Matters of separate consent")
_LEAD = Text(
    "以下事项须分别征得您的同意。每一事项单独询问，不与其他事项合并，不预先勾选；"
    "您不同意其中任何一项，不影响其他功能的使用。",
    "Each of these matters is asked for by itself, never together with another and never ticked "
    "beforehand. Refusing one of them leaves everything else as it is.",
)
_NONE = Text(
    "本应用没有需要单独同意的事项。", "This app has no matter that needs separate consent."
)
NOT_NOW = Text("暂不", "Not now")
AGREE = Text("同意", "Agree")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentSheet:
    """What is shown before one separate consent.

    Attributes:
        item: The consent item that the answer is recorded for.
        form: Separate, written or a guardian's.
        title: What is asked, as one line.
        facts: Labels and what they say, in the order in which they are read; always among them:
            what, what for, why, the effect, where, how long, how to withdraw, what refusing means.
        box: Words beside the box, which is never ticked beforehand.
        buttons: Refusing first, then agreeing; of equal weight.

    """

    item: ConsentItemId
    form: ConsentForm
    title: Text
    facts: tuple[tuple[Text, tuple[Line, ...]], ...]
    box: Text
    buttons: tuple[Text, Text] = (NOT_NOW, AGREE)


def consent_sheets(declared: Declared) -> tuple[ConsentSheet, ...]:
    """Return a sheet for every consent item of the app that is an act of its own."""
    return tuple(
        _sheet(declared, activity, item)
        for activity in declared.activities
        for item in consent_items_of(activity, declared.register, declared.catalogue)
        if item.form in {ConsentForm.SEPARATE, ConsentForm.WRITTEN, ConsentForm.GUARDIAN}
    )


def sheet_blocks(sheet: ConsentSheet) -> tuple[Block, ...]:
    """Return a sheet as blocks, to stand under its title."""
    found: list[Block] = []
    for label, given in sheet.facts:
        found.append(paragraph(strong(label)))
        found.append(bullets(given))
    return (*found, Choices(sheet.box, sheet.buttons))


def consents_document(declared: Declared) -> Document:
    """Return every sheet, one after another."""
    sheets = consent_sheets(declared)
    blocks: list[Block] = [paragraph(_LEAD if sheets else _NONE)]
    for number, sheet in enumerate(sheets, 1):
        title = fill("{n}. {title}", "{n}. {title}", n=number, title=sheet.title)
        blocks.append(Heading(1, anchor_of(sheet.item), title))
        blocks.extend(sheet_blocks(sheet))
    return Document(
        id=DocumentKind.SEPARATE_CONSENTS.value,
        kind=DocumentKind.SEPARATE_CONSENTS,
        title=fill("《{app}》{title}", "{app}: {title}", app=declared.facts.app, title=TITLE),
        facts=declared.facts,
        blocks=tuple(blocks),
    )


def anchor_of(item: ConsentItemId) -> str:
    """Return the place of a sheet in the document, as `nearby-stores.sensitive.pi-loc-precise`."""
    return item.replace("/", ".").replace(":", ".").lower()


def _sheet(declared: Declared, activity: ProcessingActivity, item: ConsentItem) -> ConsentSheet:
    matter = Matter(declared, activity, item)
    title, box = asked(matter)
    return ConsentSheet(
        item=item.id, form=item.form, title=title, facts=consent_facts(matter), box=box
    )
