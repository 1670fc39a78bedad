"""A register as DPV JSON-LD: processes with their purposes, bases, information and recipients.

Written only; a reader of linked data gets what the register says in the terms of DPV 2.3, with
our own for what Chinese law adds. The context is in the document, so nothing is fetched. The
same register gives the same bytes.
"""

import json
from collections.abc import Iterator, Sequence

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Text
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.canonical import version_of
from chengnuo.domain.register.consent_items import (
    consent_items_of,
    provided_categories,
)
from chengnuo.domain.register.dpv_nodes import (
    handler_node,
    item_node,
    recipient_node,
    ref,
    row_iri,
    storage_nodes,
)
from chengnuo.domain.register.dpv_terms import (
    CONTEXT,
    LAW,
    OPERATIONS,
    PURPOSES,
    SOURCES,
    basis_term,
    form_term,
    right_term,
    vocabulary,
    words,
)
from chengnuo.domain.register.ids import AssessmentId, RecipientId, ServiceId
from chengnuo.domain.register.kinds import KIND_BY_NAME, RowRef, rows
from chengnuo.domain.register.labels import label_of
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.shapes import fields_of
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.register_format import Lack

_SAID: dict[str, frozenset[str]] = {
    "handler": frozenset(
        {"handler", "name", "credit_code", "address", "country", "contacts", "protection_officer"}
    ),
    "app": frozenset({"app", "name", "rights"}),
    "service": frozenset({"service", "app", "name"}),
    "activity": frozenset(
        {"activity", "service", "purpose", "purpose_kind", "scene", "method", "items", "basis"}
        | {"basis_detail", "consent", "retention", "stores", "recipients", "automated"}
        | {"minors_under_14", "assessment", "if_withdrawn"}
    ),
    "recipient": frozenset(
        {"recipient", "role", "name", "company", "contact", "rules_url", "country", "categories"}
    ),
    "store": frozenset({"store", "name", "country"}),
    "assessment": frozenset({"assessment", "title", "done"}),
}


class Dpv:
    """Writes registers as DPV JSON-LD."""

    name = "dpv"
    suffix = ".jsonld"

    def __init__(self, catalogue: Catalogue) -> None:
        """Take the catalogue that knows the DPV term of each category."""
        self._catalogue = catalogue

    def write(self, register: Register) -> bytes:
        """Return the document, indented, keys in the order of reading."""
        graph: list[Tree] = [
            _record(register),
            handler_node(register.handler),
            *(recipient_node(each, register.handler) for each in register.recipients),
            *(_service(register, each.service) for each in register.services),
            *(self._process(each, register) for each in register.activities),
            *(_assessment(register, each.assessment) for each in register.assessments),
            *vocabulary(),
        ]
        document = {"@context": CONTEXT, "@graph": graph}
        return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()

    def lacks(self, register: Register) -> Sequence[Lack]:
        """List the fields that the document does not say; they stay in the register only."""
        return list(_lacks(register))

    def _process(self, activity: ProcessingActivity, register: Register) -> Tree:
        items = consent_items_of(activity, register, self._catalogue)
        forms = dict.fromkeys(form_term(item.form) for item in items)
        basis: list[Tree] = [ref(basis_term(activity.basis)), *(ref(form) for form in forms)]
        purpose: dict[str, Tree] = {
            "@type": "dpv:Purpose",
            "skos:prefLabel": words(activity.purpose),
            "skos:broader": ref(PURPOSES[activity.purpose_kind]),
        }
        node: dict[str, Tree] = {
            "@id": row_iri(register.handler, "activity", activity.activity),
            "@type": "dpv:Process",
            "dct:identifier": activity.activity,
            "dpv:hasPurpose": purpose,
            "dpv:hasLegalBasis": basis,
            "dpv:hasPersonalData": [item_node(item, self._catalogue) for item in activity.items],
            "dpv:hasProcessing": [ref(OPERATIONS[each]) for each in activity.method.operations],
            "dpv:hasDataSource": ref(SOURCES[activity.method.provided_by]),
            "dpv:hasStorageCondition": list(storage_nodes(activity, register)),
            "dpv:hasDataController": ref(row_iri(register.handler, "handler")),
            "dpv:hasRecipient": [
                self._sent(activity, each, register) for each in dict.fromkeys(activity.recipients)
            ],
            "dpv:hasService": ref(row_iri(register.handler, "service", activity.service)),
            "dpv:hasJurisdiction": ref("loc:CN"),
            "dpv:hasApplicableLaw": ref(LAW),
            "pipl:scene": words(activity.scene),
            "pipl:minors_under_14": activity.minors_under_14.value,
        }
        if activity.basis_detail is not None:
            node["dct:description"] = words(activity.basis_detail)
        if activity.if_withdrawn is not None:
            node["pipl:if_withdrawn"] = words(activity.if_withdrawn)
        if activity.automated is not None:
            decision: dict[str, Tree] = {"@type": "dpv:AutomatedDecisionMaking"}
            factors: list[Tree] = [
                each for text in activity.automated.factors for each in _said(text)
            ]
            node["dpv:hasContext"] = decision | {"skos:prefLabel": factors}
        if activity.assessment is not None:
            node["dpv:hasImpactAssessment"] = ref(
                row_iri(register.handler, "assessment", activity.assessment)
            )
        return node

    def _sent(
        self, activity: ProcessingActivity, recipient: RecipientId, register: Register
    ) -> Tree:
        """Return a recipient of an activity with the categories that it gets from it."""
        found = register.recipient_by_id[recipient]
        sent = provided_categories(activity, found)
        terms = (self._catalogue.category(each).dpv_pd for each in sent)
        return {
            "@id": row_iri(register.handler, "recipient", recipient),
            "dpv:hasPersonalData": [ref(term) for term in dict.fromkeys(terms) if term],
        }


def _said(text: Text) -> list[Tree]:
    said = words(text)
    return said if isinstance(said, list) else []


def _record(register: Register) -> Tree:
    handler = register.handler
    return {
        "@id": row_iri(handler, "register"),
        "@type": "dpv:RecordsOfActivities",
        "dct:identifier": version_of(register),
        "dpv:hasDataController": ref(row_iri(handler, "handler")),
        "dpv:hasProcess": [
            ref(row_iri(handler, "activity", each.activity)) for each in register.activities
        ],
        "dpv:hasRight": [
            {
                "@type": "dpv:DataSubjectRight",
                "skos:broader": ref(right_term(way.right)),
                "dpv:isExercisedAt": words(way.path),
            }
            for app in register.apps
            for way in app.rights
        ],
    }


def _service(register: Register, service: ServiceId) -> Tree:
    found = register.service_by_id[service]
    app = register.app_by_id[found.app]
    return {
        "@id": row_iri(register.handler, "service", service),
        "@type": "dpv:Service",
        "dct:identifier": service,
        "skos:prefLabel": words(found.name),
        "dct:isPartOf": words(app.name),
    }


def _assessment(register: Register, assessment: AssessmentId) -> Tree:
    found = register.assessment_by_id[assessment]
    return {
        "@id": row_iri(register.handler, "assessment", assessment),
        "@type": "dpv:ImpactAssessment",
        "dct:title": words(found.title),
        "dct:date": {"@value": found.done.isoformat(), "@type": "xsd:date"},
    }


def _lacks(register: Register) -> Iterator[Lack]:
    for row_ref, row in rows(register).items():
        said = _SAID.get(row_ref.kind, frozenset())
        for field in fields_of(KIND_BY_NAME[row_ref.kind].model):
            filled = field.required or getattr(row, field.name) != field.default
            if filled and field.key not in said:
                yield _lack(row_ref, field.key)


def _lack(ref: RowRef, key: str) -> Lack:
    label = label_of(key)
    said = Text(f"DPV 文件不含：{label.zh}", f"the DPV document does not say: {label.en}")
    return Lack(row=ref, field=key, said=said)
