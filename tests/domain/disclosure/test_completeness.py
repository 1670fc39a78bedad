"""What the law asks a document to say stands in it: one case for each item that is asked for."""

import pytest
from tests.strategies.told_register import told_register

from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.all_documents import DERIVED, derive
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import DocumentKind, texts_of
from chengnuo.domain.disclosure.first_run_notice import first_run_notice
from chengnuo.domain.disclosure.separate_consent import consent_sheets
from chengnuo.domain.register.consent_items import MatterKind, consent_items
from chengnuo.domain.register.ids import AppId
from chengnuo.law.catalogue import Catalogue

RULES = DocumentKind.PROCESSING_RULES
CHILDREN = DocumentKind.MINORS_RULES
SHEETS = DocumentKind.SEPARATE_CONSENTS
LIST_1 = DocumentKind.COLLECTION_LIST
LIST_2 = DocumentKind.SHARING_LIST


def said(declared: Declared, kind: DocumentKind, lang: Lang = Lang.ZH) -> str:
    """All that a document says, a span a line."""
    return "\n".join(text.in_lang(lang) for text in texts_of(derive(declared, kind)))


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        pytest.param(RULES, "杭州示例茶舍有限公司", id="PIPL 17(1): name of the handler"),
        pytest.param(RULES, "privacy@tea.example", id="PIPL 17(1): contact"),
        pytest.param(RULES, "推荐附近茶舍", id="PIPL 17(2): purpose"),
        pytest.param(RULES, "通过系统接口从设备读取", id="PIPL 17(2): method"),
        pytest.param(RULES, "每分钟最多 1 次", id="PIPL 17(2): frequency"),
        pytest.param(RULES, "精准定位", id="PIPL 17(2): categories"),
        pytest.param(RULES, "自收集之日起保存 30 天，到期后删除", id="PIPL 17(2): period"),
        pytest.param(RULES, "「我 → 我的信息 → 删除」", id="PIPL 17(3): way to a right"),
        pytest.param(RULES, "10 个工作日内答复", id="PIPL 50: deadline in working days"),
        pytest.param(RULES, "officer@tea.example", id="PIPL 52: person in charge"),
        pytest.param(RULES, "本规则于2026年10月1日更新，自2026年10月8日起生效。", id="191: dates"),
        pytest.param(RULES, "可以下载保存", id="PIPL 17: kept and saved"),
        pytest.param(RULES, "按距离排序", id="PIPL 30: why a sensitive item is necessary"),
        pytest.param(RULES, "可能反映行踪", id="PIPL 30: effect on the individual"),
        pytest.param(RULES, "示例快递（示例快递有限公司）", id="PIPL 23: name of the recipient"),
        pytest.param(RULES, "privacy@courier.example", id="PIPL 23: contact of the recipient"),
        pytest.param(RULES, "按单传输，派送后删除", id="PIPL 23: method of the recipient"),
        pytest.param(RULES, "受理请求", id="PIPL 20: duties of joint handlers"),
        pytest.param(RULES, "连带责任", id="PIPL 20: liability of joint handlers"),
        pytest.param(RULES, "合并、分立、解散、被宣告破产", id="PIPL 22: transfer"),
        pytest.param(RULES, "近的排在前面", id="PIPL 24: how it decides"),
        pytest.param(RULES, "在「我 → 个性化」关闭“附近优先”", id="PIPL 24: off-switch"),
        pytest.param(RULES, "拒绝仅通过自动化决策的方式作出决定", id="PIPL 24: refusing it"),
        pytest.param(RULES, "昵称头像：只留首字", id="PIPL 25: masks of what is public"),
        pytest.param(RULES, "示例地图（新加坡）", id="PIPL 39: recipient abroad and country"),
        pytest.param(RULES, "向境外接收方行使权利的方式和程序", id="PIPL 39: rights abroad"),
        pytest.param(RULES, "撤回不影响撤回前已经进行的处理", id="PIPL 15: withdrawal"),
        pytest.param(RULES, "近亲属为了自身的合法、正当利益", id="PIPL 49: close relatives"),
        pytest.param(RULES, "重新取得您的同意", id="PIPL 14: changes"),
        pytest.param(RULES, "拒绝您的请求的，会说明理由", id="PIPL 50: reasons of a refusal"),
        pytest.param(RULES, "冷静期：7 天", id="NDSR 21: cancelling the account"),
        pytest.param(RULES, "主库：中国大陆（杭州）", id="PIPL 40: place of storage"),
        pytest.param(RULES, "父母或者其他监护人的同意", id="PIPL 31: minors"),
        pytest.param(CHILDREN, "记录孩子的过敏情况", id="CHILD 10(1): purpose and scope"),
        pytest.param(CHILDREN, "存储地点：中国大陆（杭州）。", id="CHILD 10(2): place"),
        pytest.param(CHILDREN, "自撤回同意之日起保存 30 天", id="CHILD 10(2): period"),
        pytest.param(CHILDREN, "传输加密，按岗位授权。", id="CHILD 10(3): safeguards"),
        pytest.param(CHILDREN, "拒绝的后果：不作记录", id="CHILD 10(4): refusing"),
        pytest.param(CHILDREN, "「我 → 设置 → 投诉」", id="CHILD 10(5): complaints"),
        pytest.param(CHILDREN, "「我 → 我的信息 → 删除」", id="CHILD 10(6): deleting"),
        pytest.param(CHILDREN, "officer@tea.example", id="CHILD 8: person in charge"),
        pytest.param(SHEETS, "接收方所在地：新加坡", id="PIPL 39 sheet: country"),
        pytest.param(SHEETS, "手动选择城市", id="PIPL 16 sheet: effect of refusing"),
        pytest.param(
            SHEETS, "随时在「我 → 我的同意 → 撤回」撤回。", id="PIPL 15 sheet: withdrawing"
        ),
        pytest.param(LIST_2, "见其个人信息处理规则所载联系方式", id="524-2.2: contact by rules"),
        pytest.param(LIST_2, "出境：新加坡", id="524-2.2: abroad"),
        pytest.param(LIST_2, "android 5.4.0", id="524-2.2: version of the SDK"),
        pytest.param(LIST_1, "MapKit SDK", id="524-2.1: collected by an SDK"),
    ],
)
def test_a_document_says_what_the_law_asks_for(
    told: Declared, kind: DocumentKind, words: str
) -> None:
    assert words in said(told, kind)


@pytest.mark.parametrize("kind", DERIVED)
def test_every_document_is_whole_in_english(told: Declared, kind: DocumentKind) -> None:
    untold = [
        text.zh
        for text in texts_of(derive(told, kind))
        if text.en is None or any("\u4e00" <= sign <= "\u9fff" for sign in text.en)
    ]
    assert untold == []


def test_the_rules_stand_in_the_order_that_people_know(told: Declared) -> None:
    tops = [heading.anchor for heading in derive(told, RULES).headings if heading.level == 1]
    assert tops == [
        "who",
        "summary",
        "collection",
        "permissions",
        "storage",
        "use",
        "sharing",
        "rights",
        "minors",
        "changes",
        "contact",
    ]


def test_every_separate_matter_has_its_own_sheet_and_no_other(told: Declared) -> None:
    items = consent_items(told.register, told.catalogue)
    apart = [item.id for item in items if item.kind is not MatterKind.GENERAL]
    assert sorted(sheet.item for sheet in consent_sheets(told)) == sorted(apart)
    for sheet in consent_sheets(told):
        assert len(sheet.buttons) == 2
        labels = [label.zh for label, _ in sheet.facts]
        assert labels[0] == "具体内容"
        assert {"目的", "为什么必要", "保存期限", "如何撤回", "如果不同意"} <= set(labels)
        assert all(given for _, given in sheet.facts)


def test_the_first_run_notice_has_a_few_lines_and_two_buttons(told: Declared) -> None:
    notice = first_run_notice(told)
    assert 3 <= len(notice.lines) <= 5
    assert [button.zh for button in notice.buttons] == ["同意并继续", "不同意，仅用基本功能"]
    assert next(kind for _, kind in notice.links) is RULES


SPEEDS = """    account_reason: {zh: 记录跟随账号, en: Records follow the account}
    speeds:
      free_up: 1000
      free_down: 2000
      paid_up: 4000
      paid_down: 8000
      speed_reason: {zh: 付费账户使用专用线路, en: Paid accounts use lines of their own}
"""


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        pytest.param(
            Lang.ZH,
            (
                "上传 1000 kbit/s，下载 2000 kbit/s",
                "上传 4000 kbit/s，下载 8000 kbit/s",
                "专用线路",
            ),
            id="zh",
        ),
        pytest.param(
            Lang.EN,
            (
                "up 1000 kbit/s, down 2000 kbit/s",
                "up 4000 kbit/s, down 8000 kbit/s",
                "of their own",
            ),
            id="en",
        ),
    ],
)
def test_the_rules_say_how_fast_free_and_paid_accounts_are(
    lang: Lang, words: tuple[str, ...], told: Declared, catalogue: Catalogue
) -> None:
    before = SPEEDS.partition("    speeds")[0]
    register = told_register(catalogue, instead=((before, SPEEDS),))
    declared = Declared(register=register, catalogue=catalogue, app_id=AppId("tea"))
    text, plain = said(declared, RULES, lang), said(told, RULES, lang)
    for one in words:
        assert one in text
        assert one not in plain
