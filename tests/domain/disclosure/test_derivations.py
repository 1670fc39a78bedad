"""Everything in a register is told, nothing else is, and no register breaks a document."""

from dataclasses import replace

import pytest
from hypothesis import given
from tests.strategies.clean_register import clean_register
from tests.strategies.registers import law, registers, small_register

from chengnuo.domain.disclosure.all_documents import DERIVED, derive
from chengnuo.domain.disclosure.collection_list import collection_list
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import Block, Document, DocumentKind, Span, Table, texts_of
from chengnuo.domain.disclosure.just_in_time import moment_notices
from chengnuo.domain.disclosure.public_part import WITHHELD, public_part
from chengnuo.domain.disclosure.sharing_list import sharing_list
from chengnuo.domain.register.canonical import canonical_bytes
from chengnuo.domain.register.consent_items import consent_items
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue


def declared(register: Register) -> Declared:
    return Declared(register=register, catalogue=law(), app_id=register.apps[0].app)


def spans_of(block: Block) -> list[Span]:
    if not isinstance(block, Table):
        return []
    return [span for row in block.rows for cell in row for line in cell for span in line]


def is_square(document: Document) -> bool:
    return all(len(row) == len(table.columns) for table in document.tables for row in table.rows)


@given(registers())
def test_no_register_breaks_a_document(register: Register) -> None:
    for kind in DERIVED:
        document = derive(declared(register), kind)
        assert is_square(document)
        anchors = [heading.anchor for heading in document.headings]
        assert len(anchors) == len(set(anchors))
        assert all(text.zh for text in texts_of(document))


@given(registers())
def test_the_lists_hold_every_row_of_the_register_and_no_other(register: Register) -> None:
    told = declared(register)
    collected = [(row.activity, row.category) for row in collection_list(told)]
    own = list(register.activities_of(told.app_id))
    assert sorted(collected) == sorted(
        (activity.activity, item.category) for activity in own for item in activity.items
    )
    shared = {(row.activity, row.recipient) for row in sharing_list(told) if row.activity}
    assert shared == {(activity.activity, name) for activity in own for name in activity.recipients}


@given(registers())
def test_required_columns_are_always_filled(register: Register) -> None:
    told = declared(register)
    for row in collection_list(told):
        assert row.name.zh
        assert row.purpose.zh
        assert row.scene.zh
        assert row.method.zh
        assert row.retention.zh
    for party in sharing_list(told):
        assert party.name.zh
        assert party.contact.zh
        assert party.method.zh
        assert party.share_mode.zh
        assert party.scene.zh


@given(registers())
def test_documents_of_the_public_part_are_those_of_the_whole(register: Register) -> None:
    public = public_part(register)
    assert public_part(public) == public
    for kind in DERIVED:
        assert derive(declared(public), kind).blocks == derive(declared(register), kind).blocks
    assert [(item.id, item.fingerprint) for item in consent_items(public, law())] == [
        (item.id, item.fingerprint) for item in consent_items(register, law())
    ]


def test_the_public_part_holds_nothing_that_is_nobodys_business() -> None:
    register = clean_register()
    kept = canonical_bytes(public_part(register)).decode()
    assert WITHHELD in kept
    private = [store.connection for store in register.stores]
    private += [table.table for store in register.stores for table in store.tables]
    private += [str(one.vetting.report) for one in register.recipients if one.vetting]
    private += [str(one.reference) for one in register.agreements]
    private += [str(one.assessment) for one in register.assessments]
    assert [name for name in private if f'"{name}"' in kept] == []


def test_sensitive_items_are_marked_wherever_they_are_named(told: Declared) -> None:
    names = {
        told.name_of(item.category)
        for activity in told.activities
        for item in activity.items
        if told.is_sensitive(item)
    }
    kinds = (DocumentKind.COLLECTION_LIST, DocumentKind.SHARING_LIST, DocumentKind.SUMMARY_TABLE)
    for kind in kinds:
        spans = [span for block in derive(told, kind).blocks for span in spans_of(block)]
        named = [span for span in spans if span.text in names]
        assert named
        assert all(span.sensitive for span in named)


def test_a_category_that_use_makes_sensitive_is_marked(catalogue: Catalogue) -> None:
    register = clean_register()
    order = register.activity_by_id["place-order"]  # type: ignore[index]  # a plain id
    address = order.items[2]
    for sensitive in (True, False):
        items = (*order.items[:2], replace(address, sensitive=sensitive), *order.items[3:])
        changed = tuple(
            replace(one, items=items) if one is order else one for one in register.activities
        )
        rows = collection_list(declared(replace(register, activities=changed)))
        (row,) = [
            one
            for one in rows
            if one.activity == order.activity and one.category == address.category
        ]
        assert row.is_sensitive is sensitive
    assert catalogue.category(address.category).treat_as.value == "context"


def test_one_app_is_told_nothing_of_another() -> None:
    register = clean_register()
    app = replace(register.apps[0], app="other")
    both = replace(register, apps=(*register.apps, app))
    other = Declared(register=both, catalogue=law(), app_id=app.app)
    assert collection_list(other) == ()
    assert sharing_list(other) == ()


@pytest.mark.parametrize("kind", DERIVED)
def test_a_register_without_activities_says_so(kind: DocumentKind) -> None:
    document = derive(declared(small_register()), kind)
    assert any({"不", "没"} & set(text.zh) for text in texts_of(document))


def test_a_permission_without_a_dialog_has_no_notice_of_the_moment(told: Declared) -> None:
    asked = [name.name for notice in moment_notices(told) for name in notice.permissions]
    assert asked == ["ACCESS_FINE_LOCATION", "NSLocationWhenInUseUsageDescription"]
