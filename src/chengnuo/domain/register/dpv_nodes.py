"""Rows of a register as nodes of DPV JSON-LD, in the terms of `dpv_terms`.

What an export of the whole register and a receipt about one act have in common: the parties, an
item of information, and where and how long it is kept.
"""

from collections.abc import Iterator

from chengnuo.base.canonical import Tree
from chengnuo.domain.register.activity import PIItem, ProcessingActivity
from chengnuo.domain.register.consent_items import is_sensitive
from chengnuo.domain.register.dpv_terms import AFTERWARDS, ROLES, words
from chengnuo.domain.register.handler import Contacts, Handler
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import Recipient
from chengnuo.law.catalogue import Catalogue

Node = dict[str, Tree]

_SAID_OF_ITEMS = ("if_refused", "why_necessary", "impact")


def ref(iri: str) -> Node:
    """Return a reference to a node."""
    return {"@id": iri}


def row_iri(handler: Handler, kind: str, name: str = "") -> str:
    """Return the IRI of a row: stable as long as its id is."""
    return ":".join(filter(None, ("urn:chengnuo", handler.handler, kind, name)))


def contact_node(contacts: Contacts) -> Node:
    """Return how somebody is reached; without channels only the type."""
    said = {
        "schema:telephone": contacts.phone,
        "schema:email": contacts.email,
        "schema:url": contacts.url,
        "schema:address": words(contacts.post) if contacts.post else None,
    }
    return {"@type": "schema:ContactPoint"} | {key: value for key, value in said.items() if value}


def handler_node(handler: Handler) -> Node:
    """Return the handler, with its protection officer."""
    node: Node = {
        "@id": row_iri(handler, "handler"),
        "@type": "dpv:DataController",
        "dpv:hasName": words(handler.name),
        "dpv:hasIdentifier": handler.credit_code or handler.handler,
        "dpv:hasAddress": words(handler.address),
        "dpv:hasCountry": ref(f"loc:{handler.country}"),
        "schema:contactPoint": contact_node(handler.contacts),
    }
    officer = handler.protection_officer
    if officer is not None:
        node["dpv:hasDataProtectionOfficer"] = {
            "@type": "dpv:DataProtectionOfficer",
            "dpv:hasName": words(officer.title),
            "schema:contactPoint": contact_node(officer.contacts),
        }
    return node


def recipient_node(recipient: Recipient, handler: Handler) -> Node:
    """Return a recipient."""
    node: Node = {
        "@id": row_iri(handler, "recipient", recipient.recipient),
        "@type": ["dpv:Recipient", ROLES[recipient.role]],
        "dpv:hasIdentifier": recipient.recipient,
        "dpv:hasName": words(recipient.company),
        "skos:altLabel": words(recipient.name),
        "dpv:hasCountry": ref(f"loc:{recipient.country}"),
    }
    if recipient.contact is not None:
        contact: Node = {
            "@type": "schema:ContactPoint",
            "schema:description": words(recipient.contact),
        }
        node["schema:contactPoint"] = contact
    if recipient.rules_url is not None:
        node["dpv:hasNotice"] = {"@type": "dpv:PrivacyNotice", "schema:url": recipient.rules_url}
    return node


def item_node(item: PIItem, catalogue: Catalogue) -> Node:
    """Return an item of personal information, with sensitivity and necessity."""
    category = catalogue.category(item.category)
    kind = "dpv:SensitivePersonalData" if is_sensitive(item, catalogue) else None
    node: Node = {
        "@type": ["dpv:PersonalData", kind] if kind else "dpv:PersonalData",
        "dct:identifier": item.category,
        "skos:prefLabel": words(item.detail or category.text),
        "dpv:hasNecessity": ref("dpv:Required" if item.necessary else "dpv:Optional"),
    }
    if category.dpv_pd is not None:
        node["skos:broader"] = ref(category.dpv_pd)
    for key in _SAID_OF_ITEMS:
        text = getattr(item, key)
        if text is not None:
            node[f"pipl:{key}"] = words(text)
    return node


def storage_nodes(activity: ProcessingActivity, register: Register) -> Iterator[Node]:
    """Yield where information is kept, for how long, and what then."""
    stores = {table.partition(".")[0] for table in activity.stores}
    countries = (store.country for store in register.stores if store.store in stores)
    for country in dict.fromkeys(countries):
        yield {"@type": "dpv:StorageLocation", "dpv:hasLocation": ref(f"loc:{country}")}
    period = activity.retention.keep.period
    length: Node = {"@type": "dpv:EndlessDuration"}
    if period is not None:
        value: Tree = {"@value": str(period), "@type": "xsd:duration"}
        length = {"@type": "dpv:TemporalDuration", "rdf:value": value}
    yield {
        "@type": "dpv:StorageDuration",
        "dpv:hasDuration": length,
        "skos:note": f"from {activity.retention.from_.value}",
    }
    yield {
        "@type": "dpv:StorageDeletion",
        "dpv:hasProcessing": ref(AFTERWARDS[activity.retention.then]),
    }
