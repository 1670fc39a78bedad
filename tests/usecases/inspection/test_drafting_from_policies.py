"""A register drafted from policies alone agrees with the register that they were published from."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from tests.adapters.policies.word_files import SPACE, docx
from tests.house.sources import ROOT

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.documents.html import HtmlPageWriter
from chengnuo.adapters.documents.markdown import MarkdownWriter
from chengnuo.adapters.policies.policy_file import PolicyFile
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.adapters.register_writer import RegisterWriter
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.all_documents import derive
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import DocumentKind
from chengnuo.domain.finding.check import check
from chengnuo.domain.inspection.draft import Draft
from chengnuo.domain.inspection.draft_decisions import Step
from chengnuo.domain.inspection.draft_from_policy import draft_from_policies
from chengnuo.domain.inspection.policies.lexicon import Lexicon, lexicon_of
from chengnuo.domain.inspection.policies.reading import read_policy
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.policy import PolicyReading
from chengnuo.domain.observation.sdk_catalogue import SdkId
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.draft import UNKNOWN_DAY, is_to_complete
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.reading import read_register
from chengnuo.domain.register.recipient import Channel, Recipient, RecipientRole
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.legal_basis import LegalBasis
from chengnuo.ports.documents import DocumentWriter
from chengnuo.usecases.registers import Registers

ON = date(2026, 11, 1)
WRITERS: dict[str, DocumentWriter] = {"html": HtmlPageWriter(), "md": MarkdownWriter()}
RULES, LIST = DocumentKind.PROCESSING_RULES, DocumentKind.SHARING_LIST
In = Callable[[Text], str]
Rows = dict[str, tuple[object, ...]]


@pytest.fixture(scope="module")
def lexicon(knowledge: Knowledge, catalogue: Catalogue) -> Lexicon:
    return lexicon_of(knowledge, catalogue)


@pytest.fixture(scope="module")
def shop(catalogue: Catalogue) -> Register:
    source = Registers(source=RegisterFolder(), catalogue=catalogue, clock=SystemClock())
    return source.load(ROOT / "examples/shop/register", on=ON).register


def read(path: Path, lexicon: Lexicon) -> PolicyReading:
    policy = PolicyFile().read(path)
    return read_policy(policy.document, file=path.name, sha256=policy.sha256, lexicon=lexicon)


def plain(lang: Lang, text: Text) -> str:
    return " ".join(text.in_lang(lang).split()).strip("。.").casefold()


def activities_of(register: Register, said: In) -> Rows:
    called = {one.recipient: said(one.name) for one in register.recipients}
    return {said(one.purpose): activity(one, called, said) for one in register.activities}


def activity(
    one: ProcessingActivity, called: dict[RecipientId, str], said: In
) -> tuple[object, ...]:
    return (
        said(one.scene),
        frozenset(one.categories),
        frozenset(item.category for item in one.items if item.necessary),
        (one.retention.keep, one.retention.from_, one.retention.then),
        (one.method.provided_by, one.method.trigger, one.method.background),
        one.method.operations,
        frozenset(called[each] for each in one.recipients),
    )


def recipients_of(register: Register, said: In) -> Rows:
    return {said(one.name): recipient(one, said) for one in register.recipients}


def recipient(one: Recipient, said: In) -> tuple[object, ...]:
    return (
        said(one.company),
        said(one.purpose),
        frozenset(one.categories),
        (one.country, one.role, one.rules_url, one.channel),
    )


def loads(draft: Draft, folder: Path, law: Catalogue) -> None:
    RegisterWriter().write(draft.register, folder, remarks=draft.remarks, replace=False)
    files = RegisterFolder().read(folder)
    found = read_register(files.trees, catalogue=law, problems=files.problems).register
    assert found == draft.register
    rules = {one.rule for one in check(found, law, ON).findings}
    assert {"draft-text-left", "first-run-collects-before"} <= rules


@pytest.mark.parametrize(("form", "lang"), [("html", Lang.ZH), ("md", Lang.EN)])
def test_what_the_shop_publishes_gives_its_rows_again(  # noqa: PLR0913, PLR0917  fixtures
    form: str,
    lang: Lang,
    shop: Register,
    lexicon: Lexicon,
    knowledge: Knowledge,
    catalogue: Catalogue,
    tmp_path: Path,
) -> None:
    told = Declared(register=shop, catalogue=catalogue, app_id=shop.apps[0].app)
    readings = []
    for kind in (RULES, LIST):
        path = tmp_path / f"{kind}.{form}"
        path.write_bytes(WRITERS[form].write(derive(told, kind), lang))
        readings.append(read(path, lexicon))
    draft = draft_from_policies(readings, knowledge.sdks, catalogue)
    found, published, written = draft.register, partial(plain, lang), partial(plain, Lang.ZH)
    assert activities_of(found, written) == activities_of(shop, published)
    assert recipients_of(found, written) == recipients_of(shop, published)
    handler, app = found.handler, found.apps[0]
    assert written(handler.name) == published(shop.handler.name)
    assert handler.contacts.email == shop.handler.contacts.email
    assert handler.complaints.contacts == shop.handler.complaints.contacts
    officer, known = handler.protection_officer, shop.handler.protection_officer
    assert officer is not None
    assert known is not None
    assert officer.contacts.email == known.contacts.email
    assert (app.rules_updated, app.rules_effective) == (
        shop.apps[0].rules_updated,
        shop.apps[0].rules_effective,
    )
    loads(draft, tmp_path / "register", catalogue)


def test_rules_alone_leave_open_in_which_activity_a_party_gets_what(
    shop: Register, lexicon: Lexicon, knowledge: Knowledge, catalogue: Catalogue, tmp_path: Path
) -> None:
    told = Declared(register=shop, catalogue=catalogue, app_id=shop.apps[0].app)
    path = tmp_path / "rules.md"
    path.write_bytes(MarkdownWriter().write(derive(told, RULES), Lang.ZH))
    draft = draft_from_policies([read(path, lexicon)], knowledge.sdks, catalogue)
    purposes = {one.purpose.zh for one in draft.register.activities}
    assert purposes == {one.purpose.zh.strip("。") for one in shop.activities}
    assert len(draft.register.recipients) == len(shop.recipients)
    linked = {each for one in draft.register.activities for each in one.recipients}
    asked = {one.row.id for one in draft.decisions if "`recipients`" in one.said.zh}
    assert asked == {one.recipient for one in draft.register.recipients} - linked


PROSE = """# 隐私政策
我们由杭州示例茶叶有限公司运营。更新日期：2026年3月1日

## 一、我们收集的信息
注册时，您需要提供手机号，用于创建账号。
为了推荐附近的门店，我们\x1b[31m会收集您的精准定位。
我们会读取剪贴板。

## 二、第三方
| 第三方名称 | 使用目的 | 收集的个人信息 | 隐私政策 |
|---|---|---|---|
| 高德定位SDK | 定位 | 精准定位 | https://lbs.amap.com/pages/privacy/ |
| 示例统计SDK | 统计活跃人数 | IMEI、示例编号 | |
| 示例空白SDK | 展示 | | |

我们委托示例仓储有限公司处理您的订单。

| 第三方名称 | 使用目的 | 收集的个人信息 |
|---|---|---|
| 示例\x1b客服SDK | 答复\x1b您 | 通话记录 |
"""


def drafted(
    path: Path, lexicon: Lexicon, knowledge: Knowledge, catalogue: Catalogue
) -> tuple[Draft, dict[str, ProcessingActivity]]:
    draft = draft_from_policies([read(path, lexicon)], knowledge.sdks, catalogue)
    return draft, {one.purpose.zh: one for one in draft.register.activities}


def test_sentences_and_a_table_of_parties_each_get_rows(
    lexicon: Lexicon, knowledge: Knowledge, catalogue: Catalogue, tmp_path: Path
) -> None:
    path = tmp_path / "policy.md"
    path.write_text(PROSE, "utf-8")
    draft, by_purpose = drafted(path, lexicon, knowledge, catalogue)
    assert by_purpose["创建账号"].service == "basic"
    assert by_purpose["创建账号"].items[0].necessary
    assert by_purpose["推荐附近的门店"].service == "extended"
    of_party = by_purpose["统计活跃人数"]
    assert of_party.recipients == ("party-01",)
    assert [item.category for item in of_party.items] == ["PI-DEVICE-IMEI"]
    assert all(one.detail is not None and is_to_complete(one.detail) for one in of_party.items)
    unsaid = [one for one in draft.register.activities if is_to_complete(one.purpose)]
    assert [one.categories for one in unsaid] == [("PI-COMM-CLIP",)]
    assert [one.sensor.value for one in unsaid[0].capture] == ["clipboard"]
    assert {one.basis for one in draft.register.activities} == {LegalBasis.CONSENT}
    amap, party, odd = draft.register.recipients
    assert (odd.name, odd.purpose) == (Text("示例客服SDK"), Text("答复您"))
    assert (amap.recipient, amap.channel, amap.role) == (
        "amap-location",
        Channel.SDK,
        RecipientRole.PROVISION,
    )
    assert amap.company == knowledge.sdks.sdks[SdkId("amap-location")].company
    assert party.categories == ("PI-DEVICE-IMEI",)
    assert is_to_complete(party.company)
    asked = " ".join(one.said.zh for one in draft.decisions if one.step is Step.RECIPIENTS)
    assert "示例空白SDK" in asked
    assert "示例仓储有限公司" in asked
    loads(draft, tmp_path / "register", catalogue)


def test_each_value_is_quoted_with_its_place(
    lexicon: Lexicon, knowledge: Knowledge, catalogue: Catalogue, tmp_path: Path
) -> None:
    path = tmp_path / "policy.md"
    path.write_text(PROSE, "utf-8")
    draft, by_purpose = drafted(path, lexicon, knowledge, catalogue)
    at = PolicyFile().read(path).text.index("推荐附近的门店")
    said = draft.remarks[RowRef("activity", by_purpose["推荐附近的门店"].activity)]
    assert (
        Text(
            f"隐私政策 policy.md 第 {at} 字起（purpose）：“推荐附近的门店”",
            f"policy policy.md, character {at} (purpose): “推荐附近的门店”",
        )
        in said
    )
    recipient = draft.remarks[RowRef("recipient", "amap-location")]
    assert any("（rules_url）：“https://lbs.amap.com/" in one.zh for one in recipient)
    assert any("取自 SDK 目录" in one.zh and "company" in one.zh for one in recipient)
    handler = draft.remarks[RowRef("handler", "handler")]
    assert any("（name）：“杭州示例茶叶有限公司”" in one.zh for one in handler)


def _cells(*words: str) -> str:
    inside = "".join(f"<w:tc><w:p><w:r><w:t>{one}</w:t></w:r></w:p></w:tc>" for one in words)
    return f"<w:tr>{inside}</w:tr>"


def test_a_table_of_a_word_document_in_english(
    lexicon: Lexicon, knowledge: Knowledge, catalogue: Catalogue, tmp_path: Path
) -> None:
    table = _cells("Information", "Purpose", "Necessary or not", "Retention") + "".join(
        (
            _cells("phone number", "Sign you in", "Required", "6 months after collection"),
            _cells("E-mail address", "Sign you in", "Optional", "6 months after collection"),
            _cells("shoe size", "Sign you in", "Optional", ""),
        )
    )
    body = (
        "<w:p><w:r><w:t>We tell you here what we collect and what it is for.</w:t></w:r></w:p>"
        f"<w:tbl>{table}</w:tbl>"
    )
    path = tmp_path / "policy.docx"
    path.write_bytes(docx(f'<w:document xmlns:w="{SPACE}"><w:body>{body}</w:body></w:document>'))
    draft, by_purpose = drafted(path, lexicon, knowledge, catalogue)
    one = by_purpose["Sign you in"]
    assert {item.category: item.necessary for item in one.items} == {
        "PI-BASIC-PHONE": True,
        "PI-BASIC-EMAIL": False,
    }
    assert one.items[0].if_refused is None
    assert one.items[1].if_refused is not None
    assert str(one.retention.keep) == "P6M"
    assert any("shoe size" in (each.said.en or "") for each in draft.decisions)
    assert draft.register.apps[0].rules_updated == UNKNOWN_DAY
    loads(draft, tmp_path / "register", catalogue)
