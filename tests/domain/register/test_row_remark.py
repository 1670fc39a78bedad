"""What a comment line above a row asks, and what is left of it once that is decided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.base.text import Lang, Text
from chengnuo.domain.inspection.draft_decisions import Decision, Step
from chengnuo.domain.register.draft import to_complete
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.row_remark import RowRemark, root_of
from chengnuo.domain.register.tree import Place

FIELDS = st.lists(
    st.sampled_from(["basis", "items", "minors_under_14", "sdk.starts", "retention"]), unique=True
)


def remark(text: str) -> RowRemark:
    return RowRemark(Place("a.yaml", 3), text)


@given(FIELDS, st.sampled_from(list(Lang)))
def test_what_drafts_write_is_read_back(fields: list[str], lang: Lang) -> None:
    said = Text("法律依据（暂按同意）：核对", "legal basis: consent for now")
    asked = Decision(
        step=Step.BASIS, row=RowRef("activity", "a"), field=" ".join(fields), said=said
    )
    read = remark(to_complete(asked.text).in_lang(lang))
    assert read.asks
    assert read.fields == tuple(fields)
    assert read.said == said.in_lang(lang)


@given(FIELDS, FIELDS, st.sampled_from(list(Lang)))
def test_what_is_decided_is_taken_out_and_the_rest_stays(
    fields: list[str], decided: list[str], lang: Lang
) -> None:
    said = Text("写明", "say it")
    asked = Decision(
        step=Step.BASIS, row=RowRef("activity", "a"), field=" ".join(fields), said=said
    )
    roots = frozenset(map(root_of, decided))
    left = remark(to_complete(asked.text).in_lang(lang)).without(roots)
    kept = [one for one in fields if root_of(one) not in roots]
    assert (None if left is None else list(left.fields)) == (kept or None)
    assert left is None or left.said == said.in_lang(lang)


@pytest.mark.parametrize(
    ("text", "about", "said"),
    [
        ("来源：first_run.pre_ticked：默认勾选", "first_run.pre_ticked", None),
        ("隐私政策 a.html 第 12 字起（purpose）：“登录”", "purpose", None),
        ("policy a.html, character 12 (purpose): “sign in”", "purpose", None),
        ("来源：通讯录（PI-CONTACTS-BOOK）← a.b", "", "通讯录（PI-CONTACTS-BOOK）← a.b"),
        ("示例运营者", "", "示例运营者"),
    ],
)
def test_where_a_row_comes_from_is_no_question(text: str, about: str, said: str | None) -> None:
    read = remark(text)
    assert not read.asks
    assert read.about == about
    assert said is None or read.said == said
