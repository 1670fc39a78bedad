"""The notice before a consent, as bytes: what the hash in a consent record is taken over.

The bytes are the canonical JSON (RFC 8785) of what is shown before one consent item, in one
language: who asks, what is asked, every fact in its order, the words beside the box and on the
buttons. The same words give the same hash, whichever register version says them; the version
stands in the leaf. `docs/formats/receipt.md` lists the members.
"""

from dataclasses import dataclass

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.digest import Digest, sha256_hex
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.consent_asking import asked
from chengnuo.domain.disclosure.consent_facts import consent_facts
from chengnuo.domain.disclosure.consent_matter import Matter
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import Line
from chengnuo.domain.disclosure.separate_consent import ConsentSheet
from chengnuo.domain.register.consent_items import ConsentItemId, consent_items_of
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue

NOTICE_VERSION = 1


class NoSuchConsentItemError(InvalidInputError):
    """The register asks for no consent under this id."""

    code = "no-such-consent-item"

    def __init__(self, item: str) -> None:
        super().__init__(f"the register asks for no consent item `{item[:120]}`")
        self.item = item


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentNotice:
    """A notice in one language.

    Attributes:
        data: The canonical bytes.
        digest: Their SHA-256, as it stands in the record.
        text: The same to be read, line by line.

    """

    data: bytes
    digest: Digest
    text: str


def matter_of(register: Register, catalogue: Catalogue, item: str) -> Matter:
    """Return the matter of a consent item.

    Raises:
        NoSuchConsentItemError: The register asks for no such consent.

    """
    activity = register.activity_by_id.get(ActivityId(item.partition("/")[0]))
    if activity is not None:
        app = register.service_by_id[activity.service].app
        declared = Declared(register=register, catalogue=catalogue, app_id=app)
        for found in consent_items_of(activity, register, catalogue):
            if found.id == ConsentItemId(item):
                return Matter(declared, activity, found)
    raise NoSuchConsentItemError(item)


def sheet_of(matter: Matter) -> ConsentSheet:
    """Return what is shown before a consent, of whatever form it is."""
    title, box = asked(matter)
    return ConsentSheet(
        item=matter.item.id,
        form=matter.item.form,
        title=title,
        facts=consent_facts(matter),
        box=box,
    )


def notice_of(register: Register, catalogue: Catalogue, item: str, lang: Lang) -> ConsentNotice:
    """Return the notice of a consent item in one language.

    Args:
        register: The register version that asks, or its public part: both say the same.
        catalogue: The law catalogue; it names the categories.
        item: Id of the consent item.
        lang: Language in which it is shown.

    Raises:
        NoSuchConsentItemError: The register asks for no such consent.

    """
    matter = matter_of(register, catalogue, item)
    sheet, declared = sheet_of(matter), matter.declared
    said: list[tuple[str, list[str]]] = [
        (label.in_lang(lang), [_words(line, lang) for line in lines])
        for label, lines in sheet.facts
    ]
    title, box = sheet.title.in_lang(lang), sheet.box.in_lang(lang)
    app, handler = declared.app.name.in_lang(lang), declared.handler.name.in_lang(lang)
    buttons = [button.in_lang(lang) for button in sheet.buttons]
    tree: dict[str, Tree] = {
        "v": NOTICE_VERSION,
        "item": sheet.item,
        "form": sheet.form.value,
        "lang": lang.value,
        "app": app,
        "handler": handler,
        "title": title,
        "facts": [[label, lines] for label, lines in said],
        "box": box,
        "buttons": buttons,
    }
    data = canonical_json(tree)
    lines = [title, f"{app} · {handler}", ""]
    for label, each in said:
        lines += [label, *(f"  {one}" for one in each)]
    lines += ["", f"[ ] {box}", "  ".join(f"[{button}]" for button in buttons), ""]
    return ConsentNotice(data=data, digest=sha256_hex(data), text="\n".join(lines))


def _words(line: Line, lang: Lang) -> str:
    return "".join(span.text.in_lang(lang) for span in line)
