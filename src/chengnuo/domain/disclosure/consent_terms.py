"""What a consent was about, for the receipt: the register in DPV terms, and in words.

Every mandatory field of ISO/IEC TS 27560 about processing, parties, control, rights and law is
filled. Where the register says nothing, the receipt says what holds then, never an empty place:
no recipient means the handler alone; a right without a way of its own is exercised where the rules
stand.
"""

from collections.abc import Iterable, Iterator, Sequence

from chengnuo.base.canonical import Tree
from chengnuo.base.digest import Digest
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.consent_matter import Matter
from chengnuo.domain.disclosure.consent_notice import ConsentNotice, sheet_of
from chengnuo.domain.disclosure.document import Line
from chengnuo.domain.disclosure.recipient_words import contact_lines, recipient_contact
from chengnuo.domain.disclosure.right_words import RIGHT, deadline_in_words
from chengnuo.domain.disclosure.saying import both, fill, joined_texts
from chengnuo.domain.evidence.receipt import ConsentTerms
from chengnuo.domain.register.consent_items import MatterKind, provided_categories
from chengnuo.domain.register.dpv_nodes import (
    Node,
    contact_node,
    handler_node,
    item_node,
    recipient_node,
    ref,
    row_iri,
    storage_nodes,
)
from chengnuo.domain.register.dpv_terms import (
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
from chengnuo.domain.register.recipient import Recipient, RecipientRole
from chengnuo.law.rights import Right

_OWN_RIGHTS = (Right.ACCESS, Right.COPY, Right.CORRECT, Right.DELETE, Right.EXPLAIN_RULES)
"""What is named where an app lists no way to any right."""

_ALONE = Text("不提供给他人", "nobody else gets it")
_ANYBODY = Text("任何人（公开）", "anybody (made public)")


def consent_terms(matter: Matter, notice: ConsentNotice, *, named: Digest) -> ConsentTerms:
    """Return what a consent was about.

    Args:
        matter: The consent item with its register.
        notice: The notice made again from that register, in the language of the record.
        named: The hash that the record names.

    """
    register, handler = matter.declared.register, matter.declared.handler
    form = form_term(matter.item.form)
    parts: dict[str, Tree] = {
        "dpv:hasProcess": _process(matter),
        "dpv:hasDataController": _handler(matter),
        "dpv:hasConsentControl": {
            "@type": "dpv:WithdrawConsent",
            "dpv:isExercisedAt": words(_withdrawing(matter)),
            "schema:contactPoint": contact_node(handler.contacts),
        },
        "dpv:hasRight": list(_rights(matter)),
        "dpv:hasJurisdiction": ref("loc:CN"),
        "dpv:hasApplicableLaw": ref(LAW),
        "dpv:hasService": {
            "@id": row_iri(handler, "service", matter.activity.service),
            "@type": "dpv:Service",
            "skos:prefLabel": words(register.service_by_id[matter.activity.service].name),
            "dct:isPartOf": words(matter.declared.app.name),
        },
    }
    return ConsentTerms(
        form=form,
        parts=parts,
        vocabulary=_defined({form, *_terms_in(parts)}),
        facts=_facts(matter),
        notice_date=matter.declared.app.rules_updated.isoformat(),
        notice_from=matter.declared.app.rules_effective.isoformat(),
        notice_text=notice.data.decode() if notice.digest == named else None,
    )


def _process(matter: Matter) -> Tree:
    activity, declared = matter.activity, matter.declared
    purpose: Node = {
        "@type": "dpv:Purpose",
        "skos:prefLabel": words(_purpose(matter)),
        "skos:broader": ref(PURPOSES[activity.purpose_kind]),
    }
    return {
        "@id": row_iri(declared.handler, "activity", activity.activity),
        "@type": "dpv:Process",
        "dct:identifier": activity.activity,
        "dpv:hasPurpose": purpose,
        "dpv:hasLegalBasis": [ref(basis_term(activity.basis)), ref(form_term(matter.item.form))],
        "dpv:hasPersonalData": [item_node(item, declared.catalogue) for item in matter.items],
        "dpv:hasDataSource": ref(SOURCES[activity.method.provided_by]),
        "dpv:hasProcessing": [ref(OPERATIONS[each]) for each in activity.method.operations],
        "dpv:hasStorageCondition": list(storage_nodes(activity, declared.register)),
        "dpv:hasRecipient": list(_recipients(matter)),
        "pipl:scene": words(activity.scene),
    }


def _purpose(matter: Matter) -> Text:
    image = matter.activity.public_image
    if matter.item.kind is MatterKind.PUBLIC_IMAGE and image is not None and image.other_use:
        return image.other_use
    return matter.activity.purpose


def _handler(matter: Matter) -> Tree:
    handler = matter.declared.handler
    address: Node = {
        "@type": "schema:PostalAddress",
        "schema:streetAddress": words(handler.contacts.post or handler.address),
        "schema:addressCountry": handler.country,
    }
    contact = contact_node(handler.contacts) | {"schema:address": address}
    return handler_node(handler) | {"schema:contactPoint": contact}


def _recipients(matter: Matter) -> Iterator[Tree]:
    handler = matter.declared.handler
    found = covered_recipients(matter)
    for one in found:
        contact: Node = {
            "@type": "schema:ContactPoint",
            "schema:description": words(recipient_contact(one, handler)),
            "schema:address": {
                "@type": "schema:PostalAddress",
                "schema:addressCountry": one.country,
            },
        }
        given = provided_categories(matter.activity, one)
        shown = {item.category for item in matter.items}
        yield recipient_node(one, handler) | {
            "schema:contactPoint": contact,
            "dpv:hasPersonalData": [
                {"@type": "dpv:PersonalData", "dct:identifier": each}
                for each in given
                if each in shown
            ],
        }
    if matter.item.kind is MatterKind.PUBLICATION:
        yield {"@type": "dpv:Recipient", "dpv:hasName": words(_ANYBODY)}
    elif not found:
        yield {
            "@id": row_iri(handler, "handler"),
            "@type": "dpv:Recipient",
            "dpv:hasName": words(handler.name),
            "skos:note": words(_ALONE),
        }


def covered_recipients(matter: Matter) -> tuple[Recipient, ...]:
    """Return the recipients that one consent covers.

    A provision and a transfer abroad are asked for by themselves, so the consent to handling
    covers only those that handle it with us or for us in the mainland.
    """
    if matter.recipient is not None:
        return (matter.recipient,)
    kind = matter.item.kind
    if kind in {MatterKind.PUBLICATION, MatterKind.PUBLIC_IMAGE}:
        return ()
    shown = {item.category for item in matter.items}
    return tuple(
        one
        for one in matter.declared.register.recipients_of(matter.activity)
        if shown.intersection(provided_categories(matter.activity, one))
        and (
            kind is MatterKind.MINORS
            or (one.role is not RecipientRole.PROVISION and not one.is_overseas)
        )
    )


def _withdrawing(matter: Matter) -> Text:
    ways = [way for way in matter.declared.app.rights if way.right is Right.WITHDRAW]
    return both(ways[0].path if ways else matter.declared.app.access.rules_path)


def _rights(matter: Matter) -> Iterator[Tree]:
    app = matter.declared.app
    for way in app.rights:
        yield {
            "@type": "dpv:DataSubjectRight",
            "skos:broader": ref(right_term(way.right)),
            "dpv:isExercisedAt": words(way.path),
            "skos:note": words(deadline_in_words(way.working_days)),
        }
    for right in () if app.rights else _OWN_RIGHTS:
        yield {
            "@type": "dpv:DataSubjectRight",
            "skos:broader": ref(right_term(right)),
            "dpv:isExercisedAt": words(app.access.rules_path),
        }


def _facts(matter: Matter) -> tuple[tuple[Text, Text], ...]:
    """Return what is read: the handler, what was shown before the consent, and the rights."""
    sheet, handler = sheet_of(matter), matter.declared.handler
    found = [
        (Text("事项", "Matter"), sheet.title),
        (Text("个人信息处理者", "Personal information handler"), both(handler.name)),
        (
            Text("联系方式", "Contact"),
            joined_texts(
                [*contact_lines(handler.contacts), both(handler.address)],
                "；",
                "; ",
            ),
        ),
    ]
    found += [(label, joined_texts(map(_text, lines), "；", "; ")) for label, lines in sheet.facts]
    for way in matter.declared.app.rights:
        value = fill(
            "{path}（{days}）",
            "{path} ({days})",
            path=both(way.path),
            days=deadline_in_words(way.working_days),
        )
        found.append((fill("权利：{r}", "Right: {r}", r=RIGHT[way.right]), value))
    return tuple(found)


def _text(line: Line) -> Text:
    """Return a line as one of several in a row, without its stop."""
    return Text(
        "".join(span.text.zh for span in line).rstrip("。"),
        "".join(span.text.in_lang(Lang.EN) for span in line).rstrip("."),
    )


def _terms_in(tree: Tree) -> Iterator[str]:
    """Yield every term of ours that stands in a tree, as a property or as a value."""
    if isinstance(tree, str):
        if tree.startswith("pipl:"):
            yield tree
    elif isinstance(tree, dict):
        for name, value in tree.items():
            yield from _terms_in(name)
            yield from _terms_in(value)
    elif isinstance(tree, list):
        for one in tree:
            yield from _terms_in(one)


def _defined(used: Iterable[str]) -> Sequence[Tree]:
    """Return the definitions of the terms used, and of the law that they come from."""
    wanted = {*used, LAW}
    return [term for term in vocabulary() if isinstance(term, dict) and term["@id"] in wanted]
