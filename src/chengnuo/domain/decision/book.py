"""What a decision looks up: one register version and the law, on one civil day.

The day settles what lapses: assessments, routes across the border, agreements, and earlier consent
texts that are still listed as usable.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.assessing import NOT_KEPT, InDossiers
from chengnuo.domain.register.consent_items import (
    ConsentItem,
    ConsentItemId,
    consent_items_of,
    is_sensitive,
)
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import CategoryId


@dataclass(frozen=True, kw_only=True)
class Book:
    """Register and law on one day.

    Attributes:
        register: The register.
        catalogue: The law.
        day: Civil day at +08:00.
        assessed: What was concluded in dossiers: impact assessments, recipients given up.

    """

    register: Register
    catalogue: Catalogue
    day: date
    assessed: InDossiers = NOT_KEPT

    @cached_property
    def items_of(self) -> dict[ActivityId, tuple[ConsentItem, ...]]:
        """The consent items of each activity."""
        return {
            activity.activity: tuple(consent_items_of(activity, self.register, self.catalogue))
            for activity in self.register.activities
        }

    @cached_property
    def item_by_id(self) -> dict[ConsentItemId, ConsentItem]:
        """Every consent item by its id."""
        return {item.id: item for items in self.items_of.values() for item in items}

    @cached_property
    def accepted(self) -> dict[ConsentItemId, frozenset[str]]:
        """The fingerprints that count for each item: its own, and earlier ones still listed."""
        found: dict[ConsentItemId, frozenset[str]] = {}
        for activity in self.register.activities:
            for item in self.items_of[activity.activity]:
                found[item.id] = frozenset(
                    {
                        str(item.fingerprint),
                        *(
                            earlier.fingerprint
                            for earlier in activity.also_in_force
                            if earlier.matter == item.matter and self.day <= earlier.until
                        ),
                    }
                )
        return found

    def sensitive(self, activity: ProcessingActivity) -> frozenset[CategoryId]:
        """Return the categories that are sensitive in this activity (PIPL Art. 28)."""
        return frozenset(
            item.category for item in activity.items if is_sensitive(item, self.catalogue)
        )
