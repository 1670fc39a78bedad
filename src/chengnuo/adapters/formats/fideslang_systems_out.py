"""The handler, the apps and the recipients of a register as fideslang organization and systems.

An app is a system whose declarations are the activities of its services; a recipient is a system
of type `Third Party`. Under `meta.pipl` stands our own row, as a register file writes it, so that
reading the file again gives back everything.
"""

import re
from collections.abc import Iterable, Sequence

from chengnuo.adapters.formats.fideslang_categories import CategoryTable
from chengnuo.adapters.formats.fideslang_uses import use_of
from chengnuo.adapters.formats.fideslang_words import BASIS_WORDS, RESPONSIBILITY_WORDS
from chengnuo.base.canonical import Tree
from chengnuo.base.text import Text
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.app import App
from chengnuo.domain.register.codec import write
from chengnuo.domain.register.handler import Contacts, Handler
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import Recipient, RecipientRole
from chengnuo.law.ids import CategoryId
from chengnuo.law.legal_basis import LegalBasis

_URL = re.compile(r"https?://[^\s/]+(?:/\S*)?")
_WHOLE_REGISTER = ("agreements", "assessments", "models", "sdk_waivers")


def shown(text: Text) -> str:
    """Return a text for readers of one language: English where it is written."""
    return text.en or text.zh


def system_keys(register: Register) -> dict[RecipientId, str]:
    """Return the system key of each recipient: its id, unless an app has it already."""
    taken = {str(app.app) for app in register.apps}
    keys: dict[RecipientId, str] = {}
    for recipient in register.recipients:
        key = str(recipient.recipient)
        while key in taken:
            key = f"recipient.{key}"
        taken.add(key)
        keys[recipient.recipient] = key
    return keys


def organization(handler: Handler) -> Tree:
    """Return the handler as an organization; offices stand where Fides expects names."""
    tree: dict[str, Tree] = {
        "fides_key": handler.handler,
        "name": shown(handler.name),
        "controller": _contact(shown(handler.name), shown(handler.address), handler.contacts),
    }
    officer, agency = handler.protection_officer, handler.representative
    if officer is not None:
        post = shown(officer.contacts.post) if officer.contacts.post else ""
        tree["data_protection_officer"] = _contact(shown(officer.title), post, officer.contacts)
    if agency is not None:
        post = shown(agency.contacts.post) if agency.contacts.post else ""
        tree["representative"] = _contact(shown(agency.name), post, agency.contacts)
    return tree


def _contact(name: str, address: str, contacts: Contacts) -> Tree:
    said = {
        "name": name,
        "address": address,
        "email": contacts.email or "",
        "phone": contacts.phone or "",
    }
    return {key: value for key, value in said.items() if value}


def app_system(app: App, register: Register, table: CategoryTable) -> Tree:
    """Return an app as a system with a declaration for each activity of its services."""
    handler = register.handler
    activities = sorted(register.activities_of(app.app), key=lambda each: each.activity)
    reached = dict.fromkeys(to for activity in activities for to in activity.recipients)
    recipients = [register.recipient_by_id[each] for each in reached]
    officer = handler.protection_officer.contacts.email if handler.protection_officer else None
    routes = sorted({each.cross_border.route for each in recipients if each.cross_border})
    joint = [shown(each.company) for each in recipients if each.role is RecipientRole.JOINT]
    keys = system_keys(register)
    tree: dict[str, Tree] = {
        "fides_key": app.app,
        "organization_fides_key": handler.handler,
        "name": shown(app.name),
        "system_type": "Application",
        "responsibility": ["Controller"],
        "legal_name": shown(handler.name),
        "legal_address": shown(handler.address),
        "does_international_transfers": any(each.is_overseas for each in recipients),
        "legal_basis_for_transfers": [f"PIPL {route}" for route in routes],
        "requires_data_protection_assessments": any(each.assessment for each in activities),
        "uses_profiling": any(
            each.automated and each.automated.major_effect for each in activities
        ),
        "dpo": officer,
        "joint_controller_info": ", ".join(joint) or None,
        "data_security_practices": shown(handler.security) if handler.security else None,
        "egress": [
            {
                "fides_key": keys[each.recipient],
                "type": "system",
                "data_categories": _category_keys(each.categories, table),
            }
            for each in recipients
        ]
        or None,
        "privacy_declarations": [
            _declaration(activity, register, table, keys) for activity in activities
        ],
        "meta": {"pipl": _own_rows(app, register, activities)},
    }
    return {key: value for key, value in tree.items() if value is not None}


def _own_rows(app: App, register: Register, activities: Sequence[ProcessingActivity]) -> Tree:
    """Return what is ours under an app: its rows, and with the first app what is everybody's."""
    rows: dict[str, Tree] = {
        "apps": [write(app)],
        "services": _rows(each for each in register.services if each.app == app.app),
        "activities": _rows(activities),
        "switches": _rows(each for each in register.switches if each.app == app.app),
        "notices": _rows(each for each in register.notices if each.app == app.app),
    }
    if app == register.apps[0]:
        rows["handler"] = write(register.handler)
        rows |= {kind: _rows(getattr(register, kind)) for kind in _WHOLE_REGISTER}
    return {kind: value for kind, value in rows.items() if value}


def _rows(rows: Iterable[object]) -> Tree:
    return [write(row) for row in rows]


def _declaration(
    activity: ProcessingActivity,
    register: Register,
    table: CategoryTable,
    keys: dict[RecipientId, str],
) -> Tree:
    recipients = list(register.recipients_of(activity))
    special = any(
        table.is_sensitive(item.category) if item.sensitive is None else item.sensitive
        for item in activity.items
    )
    assessment = register.assessment_by_id[activity.assessment] if activity.assessment else None
    by_consent = activity.basis is LegalBasis.CONSENT
    handled = set(activity.categories)
    shared = dict.fromkeys(
        category for each in recipients for category in each.categories if category in handled
    )
    tree: dict[str, Tree] = {
        "name": f"{shown(activity.purpose)} ({activity.activity})",
        "data_categories": _category_keys(activity.categories, table),
        "data_use": use_of(activity.purpose_kind),
        "data_subjects": ["customer"],
        "dataset_references": _datasets(activity) or None,
        "egress": [keys[each.recipient] for each in recipients] or None,
        "flexible_legal_basis_for_processing": False,
        "legal_basis_for_processing": BASIS_WORDS[activity.basis],
        "impact_assessment_location": assessment.reference if assessment else None,
        "retention_period": str(activity.retention.keep),
        "processes_special_category_data": special,
        "special_category_legal_basis": "Explicit consent" if special and by_consent else None,
        "data_shared_with_third_parties": bool(recipients),
        "third_parties": ", ".join(shown(each.name) for each in recipients) or None,
        "shared_categories": _category_keys(shared, table) or None,
    }
    return {key: value for key, value in tree.items() if value is not None}


def _datasets(activity: ProcessingActivity) -> list[str]:
    return list(dict.fromkeys(table.partition(".")[0] for table in activity.stores))


def _category_keys(categories: Iterable[CategoryId], table: CategoryTable) -> list[str]:
    return list(dict.fromkeys(table.key_of(category) for category in categories))


def recipient_system(recipient: Recipient, key: str, handler: Handler) -> Tree:
    """Return a recipient as a system of another party, without declarations of its own."""
    rules = recipient.rules_url
    tree: dict[str, Tree] = {
        "fides_key": key,
        "organization_fides_key": handler.handler,
        "name": shown(recipient.name),
        "description": shown(recipient.purpose),
        "system_type": "Third Party",
        "responsibility": [RESPONSIBILITY_WORDS[recipient.role]],
        "legal_name": shown(recipient.company),
        "privacy_policy": rules if rules and _URL.fullmatch(rules) else None,
        "dpo": shown(recipient.contact) if recipient.contact else None,
        "does_international_transfers": recipient.is_overseas,
        "privacy_declarations": [],
        "meta": {"pipl": {"recipients": [write(recipient)]}},
    }
    return {name: value for name, value in tree.items() if value is not None}
