"""How far a change of a register reaches: to be asked again, told, or neither."""

from enum import StrEnum


class Reach(StrEnum):
    """How far a change reaches."""

    ASK = "ask"
    """What people agreed to has changed: they are asked again (PIPL Art. 14 para. 2)."""

    TELL = "tell"
    """What people read has changed: they are told (PIPL Art. 17)."""

    INTERNAL = "internal"
    """Nothing that is published has changed."""


MATERIAL: dict[str, frozenset[str]] = {
    "activity": frozenset(
        {
            "purpose",
            "method",
            "items",
            "basis",
            "consent",
            "retention",
            "stores",
            "recipients",
            "disclosure",
            "public_image",
            "minors_under_14",
        }
    ),
    "recipient": frozenset({"role", "company", "purpose", "method", "categories", "country"}),
}
"""Fields that enter the fingerprint of a consent item, by kind of row."""

PUBLISHED: dict[str, frozenset[str]] = {
    "handler": frozenset(
        {
            "name",
            "address",
            "contacts",
            "complaints",
            "protection_officer",
            "representative",
            "security",
            "incident_plan",
        }
    ),
    "app": frozenset({"name", "audience", "access", "rights", "cancellation", "rules_effective"}),
    "service": frozenset({"name", "basic", "requires", "requires_account", "account_reason"}),
    "activity": frozenset(
        {
            "purpose",
            "scene",
            "method",
            "items",
            "basis",
            "basis_detail",
            "consent",
            "permissions",
            "retention",
            "stores",
            "recipients",
            "automated",
            "disclosure",
            "public_image",
            "face",
            "capture",
            "minors_under_14",
            "if_withdrawn",
        }
    ),
    "recipient": frozenset(
        {
            "role",
            "name",
            "company",
            "contact",
            "rules_url",
            "country",
            "categories",
            "purpose",
            "method",
            "channel",
            "sdk",
            "cross_border",
            "sub_recipients",
        }
    ),
    "store": frozenset({"country", "region"}),
    "switch": frozenset({"name", "path", "default_on", "effect", "clears_labels"}),
    "notice": frozenset({"kind", "body"}),
}
"""Fields that people read in what is published, by kind of row."""
