"""What changed is told in words: asked again, new, ended, and what has only to be told."""

from hypothesis import given, settings
from tests.strategies.registers import law, registers
from tests.strategies.told_register import told_register

from chengnuo.domain.disclosure.changes_note import changes_note
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import Document, texts_of
from chengnuo.domain.register.ids import AppId
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue


def tea(register: Register, catalogue: Catalogue) -> Declared:
    return Declared(register=register, catalogue=catalogue, app_id=AppId("tea"))


def note(catalogue: Catalogue, *instead: tuple[str, str]) -> Document:
    return changes_note(
        tea(told_register(catalogue), catalogue),
        tea(told_register(catalogue, instead=instead), catalogue),
    )


def said(document: Document) -> list[str]:
    return [text.zh for text in texts_of(document)]


def headings(document: Document) -> list[str]:
    return [heading.anchor for heading in document.headings if heading.level == 1]


def test_the_same_register_has_nothing_to_tell(catalogue: Catalogue) -> None:
    assert said(note(catalogue))[-1] == "与上一版本相比，没有需要告知的变更。"


def test_a_longer_period_is_asked_again_old_beside_new(catalogue: Catalogue) -> None:
    found = note(catalogue, ("{keep: P30D, from: collected,", "{keep: P60D, from: collected,"))
    assert headings(found) == ["again", "told"]
    words = said(found)
    assert "自收集之日起 30 天" in words
    assert "自收集之日起 60 天" in words
    assert "处理活动“推荐附近茶舍” · 保存期限 · 期限" in words
    assert "重新征得同意" in words


def test_a_new_contact_is_told_and_asks_nobody(catalogue: Catalogue) -> None:
    found = note(catalogue, ("contact: privacy@courier.example", "contact: new@courier.example"))
    assert headings(found) == ["told"]
    assert said(found)[-4:] == [
        "接收方“示例快递” · 联系方式",
        "privacy@courier.example",
        "new@courier.example",
        "告知",
    ]


def test_what_nobody_reads_is_not_told(catalogue: Catalogue) -> None:
    found = note(catalogue, ("report: vetting/maps.pdf", "report: vetting/again.pdf"))
    assert said(found)[-1] == "与上一版本相比，没有需要告知的变更。"


def test_values_are_told_by_their_names(catalogue: Catalogue) -> None:
    found = said(
        note(
            catalogue,
            ("country: SG", "country: US"),
            ("categories: [PI-LOC-PRECISE]\n", "categories: [PI-LOC-PRECISE, PI-DEVICE-OAID]\n"),
        )
    )
    assert {"新加坡", "美国", "OAID、IDFA等可变广告标识"} <= set(found)


def test_a_matter_that_ends_is_listed_by_what_was_asked(catalogue: Catalogue) -> None:
    found = note(catalogue, ("minors_under_14: guardian-consent", "minors_under_14: not-collected"))
    assert "ended" in headings(found)
    assert "监护人同意：记录孩子的过敏情况" in said(found)


@settings(max_examples=10)  # two registers each, and each is large
@given(registers(), registers())
def test_any_two_registers_can_be_compared(before: Register, after: Register) -> None:
    for app in after.apps:
        if app.app in before.app_by_id:
            document = changes_note(
                Declared(register=before, catalogue=law(), app_id=app.app),
                Declared(register=after, catalogue=law(), app_id=app.app),
            )
            assert all(len(row) == len(t.columns) for t in document.tables for row in t.rows)
