"""One matter that is asked by itself: the consent item with what it is about."""

from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.saying import both, joined_texts
from chengnuo.domain.register.activity import PIItem, ProcessingActivity
from chengnuo.domain.register.consent_items import ConsentItem, MatterKind
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.recipient import Recipient


@dataclass(frozen=True, slots=True)
class Matter:
    """A consent item with all that can be said of it."""

    declared: Declared
    activity: ProcessingActivity
    item: ConsentItem

    @property
    def purpose(self) -> Text:
        """The purpose of the activity."""
        return both(self.activity.purpose)

    @property
    def recipient(self) -> Recipient | None:
        """The recipient that the matter is about, where it is about one."""
        if self.item.kind in {MatterKind.PROVISION, MatterKind.OVERSEAS}:
            return self.declared.register.recipient_by_id[RecipientId(self.item.about or "")]
        return None

    @property
    def items(self) -> tuple[PIItem, ...]:
        """The items that are asked about."""
        activity, recipient = self.activity, self.recipient
        match self.item.kind:
            case MatterKind.SENSITIVE:
                return tuple(one for one in activity.items if one.category == self.item.about)
            case MatterKind.GENERAL:
                return tuple(one for one in activity.items if not self.declared.is_sensitive(one))
            case MatterKind.PUBLICATION if activity.disclosure is not None:
                shown = activity.disclosure.categories
                return tuple(one for one in activity.items if one.category in shown)
            case _ if recipient is not None:
                return self.declared.provided(activity, recipient)
            case _:
                return activity.items

    def names(self) -> Text:
        """Return the categories asked about, in a row."""
        return joined_texts((self.declared.name_of(one.category) for one in self.items), "；", "; ")
