"""Documents of the tea house, as a person has read and kept them."""

from collections.abc import Callable

import pytest
from tests.strategies.told_register import told_register

from chengnuo.adapters.documents.json_file import JsonWriter
from chengnuo.adapters.documents.markdown import MarkdownWriter
from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.all_documents import DERIVED, derive
from chengnuo.domain.disclosure.changes_note import changes_note
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import DocumentKind
from chengnuo.domain.register.ids import AppId
from chengnuo.law.catalogue import Catalogue

Golden = Callable[[str, str | bytes], None]


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("kind", DERIVED)
def test_a_document_reads_as_it_was_kept(
    told: Declared, golden: Golden, kind: DocumentKind, lang: Lang
) -> None:
    written = MarkdownWriter().write(derive(told, kind), lang)
    golden(f"disclosure/{kind}.{lang}.md", written)


def test_list_2_for_machines_is_as_it_was_kept(told: Declared, golden: Golden) -> None:
    document = derive(told, DocumentKind.SHARING_LIST)
    golden("disclosure/sharing-list.zh.json", JsonWriter().write(document, Lang.ZH))


def test_a_note_of_changes_reads_as_it_was_kept(catalogue: Catalogue, golden: Golden) -> None:
    instead = (
        ("{keep: P30D, from: collected,", "{keep: P60D, from: collected,"),
        ("minors_under_14: guardian-consent", "minors_under_14: not-collected"),
        ("contact: privacy@courier.example", "contact: new@courier.example"),
        ("rules_updated: 2026-10-01", "rules_updated: 2026-11-01"),
    )
    before, after = (
        Declared(register=register, catalogue=catalogue, app_id=AppId("tea"))
        for register in (told_register(catalogue), told_register(catalogue, instead=instead))
    )
    golden("disclosure/changes.zh.md", MarkdownWriter().write(changes_note(before, after), Lang.ZH))
    golden("disclosure/changes.en.md", MarkdownWriter().write(changes_note(before, after), Lang.EN))
