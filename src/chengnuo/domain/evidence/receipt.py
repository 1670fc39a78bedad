"""A receipt: what an individual takes home of one record, with the proof that it is in the log.

JSON-LD. For consent (given, refused, withdrawn) after ISO/IEC TS 27560 in the terms of DPV
(w3c/dpv, guide `consent-27560`, profile `dpv-27560#receipt`), with every mandatory field filled;
for any other record the same without the parts about consent. Nothing is fetched: the context and
the terms of ours stand in the receipt. `docs/formats/receipt.md` goes through it member by member.

What the register says comes in as `ConsentTerms`; this room knows no register.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Text
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.leaf import Leaf, open_tag, read_leaf
from chengnuo.domain.evidence.proof import Proof
from chengnuo.domain.evidence.receipt_words import (
    HOW_TO_VERIFY,
    KIND_WORDS,
    NOT_SHOWN,
    NOT_SHOWN_AFTERWARDS,
    NOT_SHOWN_OF_CONSENT,
    SHOWS,
    instant_text,
    payload_facts,
)

PROFILE = "https://w3id.org/dpv/schema/dpv-27560#receipt"
RECORD_PROFILE = "https://w3id.org/dpv/schema/dpv-27560#record"
OWN_FORM = "urn:chengnuo:vocabulary:receipt:1"

_JSON = "@json"
CONTEXT: dict[str, Tree] = {
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "loc": "https://w3id.org/dpv/loc#",
    "dct": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "pipl": "urn:chengnuo:vocabulary:pipl:1#",
    "chengnuo": f"{OWN_FORM}#",
    "chengnuo:evidence": {"@id": "chengnuo:evidence", "@type": _JSON},
    "chengnuo:record": {"@id": "chengnuo:record", "@type": _JSON},
}

STATES: dict[Kind, str] = {
    Kind.CONSENT_GIVEN: "dpv:ConsentGiven",
    Kind.CONSENT_REFUSED: "dpv:ConsentRefused",
    Kind.CONSENT_WITHDRAWN: "dpv:ConsentWithdrawn",
}
"""The kinds of records that rest on consent, and the state each one brings about."""

_ONE_TIME, _BY_GUARDIAN = "one-time", "guardian"
_PARENT = "parent"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentTerms:
    """What a consent was about, as the register version of the record says it.

    Attributes:
        form: Term of the form of consent, as `pipl:Consent-separate`.
        parts: Members of the receipt about processing, parties, rights and law.
        vocabulary: Definitions of the terms of ours that stand in `form` and `parts`.
        facts: The same to be read: labels and values.
        notice_date: Day of the text, ISO 8601.
        notice_from: Day from which it applied.
        notice_text: The canonical text whose SHA-256 the record names; None if the text made
            again has another hash.

    """

    form: str
    parts: Mapping[str, Tree]
    vocabulary: Sequence[Tree]
    facts: tuple[tuple[Text, Text], ...]
    notice_date: str
    notice_from: str
    notice_text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One record with its proof, and what can be said of it.

    Attributes:
        proof: A proof of inclusion with this one record and its payload disclosed.
        as_of: Instant of the last record under the checkpoint, microseconds since 1970.
        terms: What the consent was about; None for a record that rests on none.
        remarks: What the reader must know besides.

    """

    proof: Proof
    as_of: int
    terms: ConsentTerms | None = None
    remarks: tuple[Text, ...] = ()

    @property
    def index(self) -> int:
        """Where the record stands in the log."""
        return self.proof.records[0].index

    @property
    def origin(self) -> str:
        """Name of the log."""
        return self.proof.checkpoint.checkpoint.origin

    @property
    def leaf(self) -> Leaf:
        """The record's leaf."""
        return read_leaf(self.proof.records[0].entry)

    @property
    def leaf_hash(self) -> bytes:
        """Hash of the leaf, 32 bytes."""
        return self.proof.disclosed[0].leaf_hash

    @property
    def payload(self) -> Mapping[str, Tree]:
        """What was recorded."""
        values: Mapping[str, Tree] = json.loads(self.proof.disclosed[0].payload)
        return values

    @property
    def is_personal(self) -> bool:
        """Whether the record concerns one individual."""
        leaf = self.leaf
        return leaf.tag != open_tag(Kind(leaf.kind)).hex()

    @property
    def identifier(self) -> str:
        """The URN of the record."""
        return f"urn:chengnuo:{self.origin}:{self.index}"

    @property
    def facts(self) -> tuple[tuple[Text, Text], ...]:
        """The payload as labels and values."""
        return payload_facts(Kind(self.leaf.kind), self.payload, personal=self.is_personal)

    @property
    def not_shown(self) -> tuple[Text, ...]:
        """What it does not show, the most important first."""
        found = (NOT_SHOWN_AFTERWARDS, *NOT_SHOWN)
        return (NOT_SHOWN_OF_CONSENT, *found) if Kind(self.leaf.kind) in STATES else found


def receipt_tree(receipt: Receipt) -> dict[str, Tree]:
    """Return a receipt as JSON-LD, members in the order of reading."""
    leaf, terms = receipt.leaf, receipt.terms
    kind = Kind(leaf.kind)
    tree: dict[str, Tree] = {
        "@context": CONTEXT,
        "@id": f"{receipt.identifier}#receipt",
        "@type": "chengnuo:RecordReceipt" if terms is None else "dpv:ConsentReceipt",
        "dct:conformsTo": _ref(OWN_FORM if terms is None else PROFILE),
        "dct:title": _said(KIND_WORDS[kind]),
        "dct:identifier": receipt.identifier,
        "dpv:hasIdentifier": receipt.identifier,
        "dct:created": _instant(receipt.as_of),
    }
    if receipt.is_personal:
        tree["dpv:hasDataSubject"] = {
            "@id": f"urn:chengnuo:{receipt.origin}:chain:{leaf.tag}",
            "@type": "dpv:DataSubject",
            "dct:identifier": leaf.tag,
        }
    if terms is not None:
        tree |= _consent_parts(receipt, kind, terms)
    tree |= {
        "chengnuo:kind": leaf.kind,
        "chengnuo:at": instant_text(leaf.at),
        "chengnuo:tag": leaf.tag,
        "chengnuo:seq": leaf.seq,
    }
    if leaf.also is not None:
        tree["chengnuo:alsoTag"] = leaf.also.tag
    for name in ("activity", "item", "recipient", "register", "law"):
        value: str = getattr(leaf, name)
        if value:
            tree[f"chengnuo:{name}"] = value
    tree |= {
        "chengnuo:said": [
            {"skos:prefLabel": _said(label), "rdf:value": _said(value)}
            for label, value in receipt.facts
        ],
        "chengnuo:shows": [{"rdf:value": _said(text)} for text in SHOWS],
        "chengnuo:doesNotShow": [{"rdf:value": _said(text)} for text in receipt.not_shown],
        "chengnuo:howToVerify": _said(HOW_TO_VERIFY),
    }
    if receipt.remarks:
        tree["chengnuo:remark"] = [{"rdf:value": _said(text)} for text in receipt.remarks]
    tree["chengnuo:record"] = receipt.payload
    tree["chengnuo:evidence"] = receipt.proof.as_tree()
    if terms is not None:
        tree["@included"] = list(terms.vocabulary)
    return tree


def receipt_bytes(receipt: Receipt) -> bytes:
    """Return a receipt as the file that is handed out; the same receipt gives the same bytes."""
    return (json.dumps(receipt_tree(receipt), ensure_ascii=False, indent=1) + "\n").encode()


def _consent_parts(receipt: Receipt, kind: Kind, terms: ConsentTerms) -> dict[str, Tree]:
    payload, at = receipt.payload, receipt.leaf.at
    notice: dict[str, Tree] = {
        "@id": f"urn:sha256:{payload['notice']}",
        "@type": "dpv:ConsentNotice",
        "dct:language": payload["lang"],
        "dct:date": {"@value": terms.notice_date, "@type": "xsd:date"},
        "dct:coverage": f"{terms.notice_from}/..",
        "chengnuo:sha256": payload["notice"],
    }
    if terms.notice_text is not None:
        notice["chengnuo:text"] = terms.notice_text
    event: dict[str, Tree] = {
        "@type": STATES[kind],
        "dpv:hasLegalBasis": {"@id": terms.form, "@type": "dpv:Consent"},
        "dpv:isIndicatedAtTime": _instant(at),
        "dpv:hasDuration": _duration(kind, payload),
        "dpv:isIndicatedBy": {"@type": _by(payload)},
        "dpv:hasIndicationMethod": _said(
            Text(
                f"界面 {payload['surface']}，{payload['steps']} 步",
                f"on {payload['surface']}, {payload['steps']} steps",
            )
        ),
    }
    source: dict[str, Tree] = {
        "@id": receipt.identifier,
        "@type": "dpv:ConsentRecord",
        "dct:conformsTo": _ref(RECORD_PROFILE),
        "dct:created": _instant(at),
    }
    return {
        "dct:source": source,
        "dpv:hasNotice": notice,
        "dct:language": payload["lang"],
        "dpv:hasConsentStatus": event,
        "chengnuo:fingerprint": payload["fingerprint"],
        **terms.parts,
    }


def _duration(kind: Kind, payload: Mapping[str, Tree]) -> Tree:
    """Return how long the state holds that the act brought about."""
    if kind is Kind.CONSENT_GIVEN and "expires" in payload:
        until: dict[str, Tree] = {"@value": payload["expires"], "@type": "xsd:dateTime"}
        return {"@type": "dpv:UntilTimeDuration", "rdf:value": until}
    if kind is Kind.CONSENT_GIVEN and payload["form"] == _ONE_TIME:
        once = Text("仅此一次", "for this one use")
        return {"@type": "dpv:FixedOccurrencesDuration", "skos:note": _said(once)}
    end = (
        Text("至撤回或者事项变更为止", "until withdrawn, or until the matter changes")
        if kind is Kind.CONSENT_GIVEN
        else Text("至重新作出同意为止", "until consent is given anew")
    )
    return {"@type": "dpv:UntilEventDuration", "skos:note": _said(end)}


def _by(payload: Mapping[str, Tree]) -> str:
    """Return who acted: the individual, or a guardian for a child under fourteen (Art. 31)."""
    guardian = payload.get("guardian")
    if isinstance(guardian, Mapping) and guardian.get("relation") == _PARENT:
        return "dpv:ParentOfDataSubject"
    if guardian is not None or payload["form"] == _BY_GUARDIAN:
        return "dpv:GuardianOfDataSubject"
    return "dpv:DataSubject"


def _ref(iri: str) -> Tree:
    return {"@id": iri}


def _instant(us: int) -> Tree:
    return {"@value": instant_text(us), "@type": "xsd:dateTime"}


def _said(text: Text) -> Tree:
    said: list[Tree] = [{"@value": text.zh, "@language": "zh-CN"}]
    return said if text.en is None else [*said, {"@value": text.en, "@language": "en"}]
