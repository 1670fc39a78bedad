"""A register drafted from answers reads back, asks for what was not said, and cites articles."""

from pathlib import Path

import pytest

from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.adapters.register_remarks import RegisterRemarks
from chengnuo.adapters.register_writer import RegisterWriter
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.check import check
from chengnuo.domain.finding.deciding import Deciding, deciding
from chengnuo.domain.inspection.answers import Answers, Asked, types_like, wrong_with
from chengnuo.domain.inspection.draft import Draft
from chengnuo.domain.inspection.draft_answers import draft_from_answers, with_answers
from chengnuo.domain.inspection.still_asked import still_asked
from chengnuo.domain.register.app import MinorsAudience
from chengnuo.domain.register.canonical import version_of
from chengnuo.domain.register.draft import UNKNOWN_DAY
from chengnuo.domain.register.reading import LoadedRegister, read_register
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import AppTypeId

FULL = Answers(
    name="杭州示例科技有限公司",
    credit_code="91330100EXAMPLE03K",
    app="示例店",
    types=(AppTypeId("NPI-06"),),
    accounts=True,
    without_account="浏览和搜索商品",
    minors_under_14=MinorsAudience.NOT_INTENDED,
    phone="0571-00001234",
    email="privacy@example.com",
)


def written(draft: Draft, folder: Path, law: Catalogue, lang: Lang = Lang.ZH) -> LoadedRegister:
    remarks = {
        row: tuple(Text(one.in_lang(lang)) for one in said) for row, said in draft.remarks.items()
    }
    RegisterWriter().write(draft.register, folder, remarks=remarks, replace=False)
    files = RegisterFolder().read(folder)
    return read_register(files.trees, catalogue=law, problems=files.problems)


def questions(loaded: LoadedRegister, folder: Path, law: Catalogue) -> Deciding:
    report = check(loaded.register, law, UNKNOWN_DAY)
    above = RegisterRemarks().above(folder, loaded)
    return deciding(loaded.register, report.findings, above, law)


def test_every_type_gives_a_register_that_reads_back_as_it_was_drafted(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    for one in catalogue.app_types.values():
        answers = Answers(app="示例", types=(one.id,), accounts=not one.none_needed)
        draft = draft_from_answers(answers, catalogue)
        loaded = written(draft, tmp_path / one.id, catalogue)
        assert version_of(loaded.register) == version_of(draft.register), one.id
        listed = {item.category for each in draft.register.activities for item in each.items}
        assert listed >= one.necessary_categories()
        assert [each.app_type for each in draft.register.services if each.basic] == [one.id]


def test_two_types_share_the_account_and_each_has_its_service(catalogue: Catalogue) -> None:
    types = (AppTypeId("NPI-06"), AppTypeId("NPI-29"))
    register = draft_from_answers(Answers(types=types, accounts=True), catalogue).register
    assert [one.activity for one in register.activities].count("account") == 1
    assert {one.service for one in register.services} == {"npi-06", "npi-29"}


@pytest.mark.parametrize("lang", list(Lang))
def test_what_was_said_is_in_the_rows_and_is_asked_no_more(
    tmp_path: Path, catalogue: Catalogue, lang: Lang
) -> None:
    draft = draft_from_answers(FULL, catalogue)
    folder = tmp_path / "register"
    loaded = written(draft, folder, catalogue, lang)
    handler, app = loaded.register.handler, loaded.register.apps[0]
    assert (handler.name.zh, handler.credit_code) == (FULL.name, FULL.credit_code)
    assert (handler.contacts.phone, handler.complaints.contacts.email) == (FULL.phone, FULL.email)
    assert handler.complaints.working_days == catalogue.number("TD-R2")
    assert (app.name.zh, app.app_types) == ("示例店", FULL.types)
    assert app.audience.minors_under_14 is MinorsAudience.NOT_INTENDED
    assert "浏览和搜索商品" in {one.name.zh for one in loaded.register.services}
    asked = {
        (one.row.kind, field)
        for one in questions(loaded, folder, catalogue).open
        for remark in one.asking
        for field in remark.fields
    }
    said = {("handler", "name"), ("handler", "credit_code"), ("app", "name"), ("app", "audience")}
    assert not asked & said
    assert {("handler", "address"), ("activity", "retention"), ("app", "access")} <= asked
    head = (folder / "activities" / "account.yaml").read_text("utf-8")
    assert ("PIPL 第13条" if lang is Lang.ZH else "PIPL Art. 13") in head


def test_every_open_question_has_an_article_and_a_place(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    folder = tmp_path / "register"
    loaded = written(draft_from_answers(FULL, catalogue), folder, catalogue)
    found = questions(loaded, folder, catalogue)
    assert found.open
    for one in found.open:
        assert one.topic.duties
        assert loaded.place_of(one.row, one.field) is not None
        assert found.one(one.key) is one


def test_answers_never_replace_what_a_policy_said(catalogue: Catalogue) -> None:
    draft = draft_from_answers(FULL, catalogue)
    again = with_answers(draft, Answers(name="别人有限公司", phone="010-1", app="别的"), catalogue)
    assert again.register.handler == draft.register.handler
    assert again.register.apps == draft.register.apps


def test_only_what_nobody_said_is_asked(catalogue: Catalogue) -> None:
    assert still_asked(None, Answers()) == tuple(Asked)
    assert still_asked(None, FULL) == ()
    draft = draft_from_answers(FULL, catalogue)
    left = still_asked(draft, Answers())
    assert not {Asked.NAME, Asked.PHONE, Asked.EMAIL} & set(left)
    assert Asked.MINORS in left


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("6", ("NPI-06",)),
        ("npi-06", ("NPI-06",)),
        ("购物", ("NPI-06",)),
        ("Short video", ("NPI-29",)),
        ("", ()),
        ("量子力学", ()),
    ],
)
def test_types_are_found_by_number_id_and_words(
    words: str, found: tuple[str, ...], catalogue: Catalogue
) -> None:
    assert types_like(words, catalogue) == found


@pytest.mark.parametrize(
    ("asked", "wrong", "right"),
    [
        (Asked.CREDIT_CODE, "91330100EXAMPLE03X", "91330100EXAMPLE03K"),
        (Asked.CREDIT_CODE, "9133", "91330100EXAMPLE03K"),
        (Asked.EMAIL, "privacy", "privacy@example.com"),
        (Asked.PHONE, "call me", "0571-0000 1234"),
        (Asked.NAME, "一\n二", "示例公司"),
        (Asked.APP, "长" * 201, "长" * 200),
    ],
)
def test_a_wrong_answer_is_told_at_once(asked: Asked, wrong: str, right: str) -> None:
    assert wrong_with(asked, wrong) is not None
    assert wrong_with(asked, right) is None
