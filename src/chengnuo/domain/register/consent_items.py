"""What is asked of people: the consent items that follow from a register.

An item is `activity/matter`; each matter has its own prompt, its own record and its own switch
(PIPL Arts. 14, 23, 25, 26, 29, 31, 39). Nothing is bundled: an operator writes what is done,
and what must be asked follows by itself.

The **material fingerprint** of an item is a digest of what the individual agreed to: purpose,
method, categories, recipients, place and period. When it changes, that item alone is asked
again (PIPL Art. 14 para. 2; NDR Art. 22). What is not in it (an English wording, a contact, an
entrusted party that only carries out orders) is told, not asked.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.digest import Digest, sha256_hex
from chengnuo.base.text import Text
from chengnuo.domain.register.activity import MinorsRule, PIItem, ProcessingActivity
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.publication import PublicDisclosure
from chengnuo.domain.register.recipient import Recipient, RecipientRole
from chengnuo.domain.register.watching import PublicImage
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.category import TreatAs
from chengnuo.law.consent_form import ConsentForm
from chengnuo.law.ids import CategoryId
from chengnuo.law.legal_basis import LegalBasis

ConsentItemId = NewType("ConsentItemId", str)
"""`activity/matter`, as `nearby-stores/sensitive:PI-LOC-PRECISE`."""

FINGERPRINT_VERSION = 1


class MatterKind(StrEnum):
    """Which matter a consent item is about."""

    GENERAL = "general"
    SENSITIVE = "sensitive"
    PROVISION = "provision"
    OVERSEAS = "overseas"
    PUBLICATION = "publication"
    PUBLIC_IMAGE = "public-image"
    MINORS = "minors"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentItem:
    """One thing that an individual is asked.

    Attributes:
        id: `activity/matter`.
        activity: Activity that the item belongs to.
        kind: Which matter it is about.
        about: Category or recipient of the matter, where it has one.
        form: Form in which consent is given.
        material: What the individual agrees to, as it enters the fingerprint.
        fingerprint: SHA-256 of the canonical form of `material`.

    """

    id: ConsentItemId
    activity: ActivityId
    kind: MatterKind
    about: str | None
    form: ConsentForm
    material: "dict[str, Tree]"
    fingerprint: Digest

    @property
    def matter(self) -> str:
        """The part of the id after the activity."""
        return self.kind.value if self.about is None else f"{self.kind.value}:{self.about}"


def is_sensitive(item: PIItem, catalogue: Catalogue) -> bool:
    """Tell whether an item is sensitive personal information (PIPL Art. 28).

    What the register says of the use comes first; else the category's own standing decides.
    A category that is sensitive by the list of the law stays sensitive whatever is written.
    """
    category = catalogue.category(item.category)
    if category.is_sensitive or item.sensitive is None:
        return category.is_sensitive or category.treat_as is TreatAs.SENSITIVE
    return item.sensitive


def consent_items(register: Register, catalogue: Catalogue) -> tuple[ConsentItem, ...]:
    """Return every consent item of a register, by activity in the order of their ids."""
    return tuple(
        item
        for activity in register.activities
        for item in consent_items_of(activity, register, catalogue)
    )


def consent_items_of(
    activity: ProcessingActivity, register: Register, catalogue: Catalogue
) -> Iterator[ConsentItem]:
    """Yield the consent items of one activity.

    Where the basis is not consent, no consent is asked for using, providing or exporting
    (PIPL Art. 13 para. 2). Making public (Art. 25), other uses of public images (Art. 26) and
    the information of children under fourteen (Art. 31) are asked for whatever the basis.
    """
    if activity.basis is LegalBasis.CONSENT:
        yield from _general_and_sensitive(activity, register, catalogue)
        for recipient in register.recipients_of(activity):
            yield from _provision_and_overseas(activity, recipient)
    if activity.disclosure is not None:
        yield _publication(activity, activity.disclosure)
    if activity.public_image is not None and activity.public_image.other_use is not None:
        yield _public_image(activity, activity.public_image, activity.public_image.other_use)
    if activity.minors_under_14 is MinorsRule.GUARDIAN_CONSENT:
        yield _minors(activity, register)


def _general_and_sensitive(
    activity: ProcessingActivity, register: Register, catalogue: Catalogue
) -> Iterator[ConsentItem]:
    ordinary = [item for item in activity.items if not is_sensitive(item, catalogue)]
    sensitive = [item for item in activity.items if is_sensitive(item, catalogue)]
    shared = common_material(activity) | {"place": _places(activity, register)}
    if ordinary:
        material = shared | {
            "categories": _sorted(item.category for item in ordinary),
            "recipients": _sorted(
                recipient.company.zh
                for recipient in register.recipients_of(activity)
                if recipient.role is RecipientRole.JOINT
            ),
        }
        form = activity.consent or ConsentForm.GENERAL
        yield _item(activity, MatterKind.GENERAL, None, form, material)
    written = activity.consent is ConsentForm.WRITTEN
    for category in dict.fromkeys(item.category for item in sensitive):
        material = shared | {"categories": [str(category)]}
        form = ConsentForm.WRITTEN if written else ConsentForm.SEPARATE
        yield _item(activity, MatterKind.SENSITIVE, category, form, material)


def _provision_and_overseas(
    activity: ProcessingActivity, recipient: Recipient
) -> Iterator[ConsentItem]:
    provided = provided_categories(activity, recipient)
    material: dict[str, Tree] = {
        "purpose": binding_words(activity.purpose),
        "categories": _sorted(provided),
        "recipient": binding_words(recipient.company),
        "recipient_purpose": binding_words(recipient.purpose),
        "recipient_method": binding_words(recipient.method) if recipient.method else None,
        "place": recipient.country,
    }
    separate = ConsentForm.SEPARATE
    if recipient.role is RecipientRole.PROVISION:
        yield _item(activity, MatterKind.PROVISION, recipient.recipient, separate, material)
    if recipient.is_overseas:
        yield _item(activity, MatterKind.OVERSEAS, recipient.recipient, separate, material)


def provided_categories(
    activity: ProcessingActivity, recipient: Recipient
) -> tuple[CategoryId, ...]:
    """Return what a recipient gets from one activity: what both name, in the activity's order."""
    return tuple(category for category in activity.categories if category in recipient.categories)


def _publication(activity: ProcessingActivity, disclosure: PublicDisclosure) -> ConsentItem:
    material: dict[str, Tree] = {
        "purpose": binding_words(activity.purpose),
        "categories": _sorted(disclosure.categories),
        "where": binding_words(disclosure.where),
        "masks": {mask.category: binding_words(mask.rule) for mask in disclosure.masks},
        "period": str(disclosure.shown_for),
    }
    return _item(activity, MatterKind.PUBLICATION, None, ConsentForm.SEPARATE, material)


def _public_image(activity: ProcessingActivity, image: PublicImage, other_use: Text) -> ConsentItem:
    material: dict[str, Tree] = {
        "purpose": binding_words(other_use),
        "where": binding_words(image.place),
        "categories": _sorted(activity.categories),
    }
    return _item(activity, MatterKind.PUBLIC_IMAGE, None, ConsentForm.SEPARATE, material)


def _minors(activity: ProcessingActivity, register: Register) -> ConsentItem:
    material = common_material(activity) | {
        "categories": _sorted(activity.categories),
        "recipients": _sorted(
            recipient.company.zh for recipient in register.recipients_of(activity)
        ),
        "place": _places(activity, register),
    }
    return _item(activity, MatterKind.MINORS, None, ConsentForm.GUARDIAN, material)


def common_material(activity: ProcessingActivity) -> "dict[str, Tree]":
    """Return purpose, method and period of an activity, as they enter a fingerprint."""
    method = activity.method
    return {
        "purpose": binding_words(activity.purpose),
        "method": {
            "provided_by": method.provided_by.value,
            "trigger": method.trigger.value,
            "background": method.background,
            "operations": _sorted(operation.value for operation in method.operations),
            "at_most": str(method.at_most) if method.at_most else None,
        },
        "period": f"{activity.retention.keep} from {activity.retention.from_.value}",
    }


def _places(activity: ProcessingActivity, register: Register) -> "list[Tree]":
    stores = {table.partition(".")[0] for table in activity.stores}
    return _sorted({store.country for store in register.stores if store.store in stores})


def _item(
    activity: ProcessingActivity,
    kind: MatterKind,
    about: str | None,
    form: ConsentForm,
    material: "dict[str, Tree]",
) -> ConsentItem:
    matter = kind.value if about is None else f"{kind.value}:{about}"
    hashed: dict[str, Tree] = {"v": FINGERPRINT_VERSION, "matter": matter, "material": material}
    return ConsentItem(
        id=ConsentItemId(f"{activity.activity}/{matter}"),
        activity=activity.activity,
        kind=kind,
        about=about,
        form=form,
        material=material,
        fingerprint=sha256_hex(canonical_json(hashed)),
    )


def _sorted(words: Iterable[str]) -> "list[Tree]":
    return [str(word) for word in sorted(words)]


def binding_words(text: Text) -> str:
    """Return the binding words: Chinese, composed, with white space folded."""
    return " ".join(unicodedata.normalize("NFC", text.zh).split())
