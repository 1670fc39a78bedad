"""What a policy is read to say: rows of sentences, tables and lines, and facts by the way."""

import time

import numpy as np
import pytest

from chengnuo.adapters.clause_weights import read_clause_model
from chengnuo.adapters.policies.lines import markdown_blocks
from chengnuo.adapters.policies.page import page_blocks
from chengnuo.base.text import Lang
from chengnuo.domain.inspection.policies.duties import duties_by_model, of_a_part
from chengnuo.domain.inspection.policies.lexicon import Lexicon, lexicon_of
from chengnuo.domain.inspection.policies.periods import number_in, periods_in, working_days_in
from chengnuo.domain.inspection.policies.reading import languages_of, read_policy
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.policy import (
    ContactRole,
    DutySaid,
    Necessity,
    PolicyFieldKind,
    PolicyReading,
    ReadFrom,
    Standing,
)
from chengnuo.engines.policy.blocks import BlockText
from chengnuo.engines.policy.duties import (
    FEWEST_SENTENCES,
    DutyModel,
    DutyModels,
    features_of,
    words_in,
)
from chengnuo.engines.policy.duty_cues import CUES
from chengnuo.engines.policy.sentences import sentences_of
from chengnuo.law.catalogue import Catalogue


@pytest.fixture(scope="module")
def lexicon(knowledge: Knowledge, catalogue: Catalogue) -> Lexicon:
    return lexicon_of(knowledge, catalogue)


def reading(written: str, lexicon: Lexicon) -> PolicyReading:
    return of(markdown_blocks(written), lexicon)


def of(document: BlockText, lexicon: Lexicon) -> PolicyReading:
    found = read_policy(document, file="policy.md", sha256="0" * 64, lexicon=lexicon)
    said = (*(one.item for one in found.collected), *(one.name for one in found.parties))
    fields = tuple(one.said for one in found.fields)
    assert all(document.text[one.start : one.end] == one.words for one in (*said, *fields))
    return found


def values(found: PolicyReading, kind: PolicyFieldKind) -> list[str]:
    return [one.value for one in found.fields_of(kind)]


def test_a_sentence_gives_category_purpose_scene_and_necessity(lexicon: Lexicon) -> None:
    found = reading(
        "当您注册账号时，我们需要收集您的手机号、昵称，用于创建账号；您可以选择不提供昵称。",
        lexicon,
    )
    rows = {one.category: one for one in found.collected}
    assert {"PI-BASIC-PHONE", "PI-BASIC-NICK"} <= rows.keys()
    phone = rows[lexicon.exact["手机号"]]
    assert phone.purpose is not None
    assert phone.purpose.words == "创建账号"
    assert phone.scene is not None
    assert phone.scene.words == "当您注册账号时"
    assert phone.necessity is Necessity.OPTIONAL
    assert phone.read_from is ReadFrom.SENTENCE


@pytest.mark.parametrize(
    "said",
    [
        "我们不会收集您的通讯录。",
        "未经您同意，我们不会向第三方共享您的手机号。",
        "We never collect your contact list.",
        "通讯录是手机的一项功能。",
    ],
)
def test_what_is_not_done_gives_no_row(said: str, lexicon: Lexicon) -> None:
    assert reading(said, lexicon).collected == ()


COMPANY, RULES = "友盟同欣（北京）科技有限公司", "https://www.umeng.com/policy"
TABLE = f"""| SDK名称 | 所属公司 | 使用目的 | 收集的个人信息 | 隐私政策链接 |
|---|---|---|---|---|
| 友盟统计SDK | {COMPANY} | 统计 | IMEI、MAC地址 | {RULES} |
"""
BELOW_ITS_NAME = f"""友盟统计SDK
使用目的：统计
收集的个人信息：IMEI、MAC地址
公司名称：{COMPANY}
隐私政策链接：{RULES}
"""
BY_KEYS = f"""SDK名称：友盟统计SDK
公司名称：{COMPANY}
使用目的：统计
个人信息类型：IMEI、MAC地址
官网链接：{RULES}
"""


@pytest.mark.parametrize("table", [TABLE, BELOW_ITS_NAME, BY_KEYS])
def test_an_sdk_is_read_from_a_table_and_from_lines(table: str, lexicon: Lexicon) -> None:
    (party,) = reading(table, lexicon).parties
    assert party.sdk == "umeng-analytics"
    assert party.categories == ("PI-DEVICE-IMEI", "PI-DEVICE-MAC")
    assert party.company is not None
    assert party.company.words == COMPANY
    assert party.purpose is not None
    assert party.purpose.words == "统计"
    assert party.link is not None
    assert party.link.words == RULES


def test_a_cell_that_spans_counts_for_each_of_its_rows(lexicon: Lexicon) -> None:
    page = (
        "<table><tr><th>业务场景</th><th>收集方式</th><th>信息类型</th><th>目的</th></tr>"
        "<tr><td rowspan=2>地图</td><td>自动采集</td><td>位置信息</td><td>导航</td></tr>"
        "<tr><td>您主动填写</td><td>手机号</td><td>联系</td></tr></table>"
    )
    found = of(page_blocks(page), lexicon).collected
    assert [(one.category, one.scene and one.scene.words) for one in found] == [
        ("PI-LOC-PRECISE", "地图"),
        ("PI-BASIC-PHONE", "地图"),
    ]
    assert [one.method and one.method.words for one in found] == ["自动采集", "您主动填写"]


@pytest.mark.parametrize(
    ("written", "updated", "effective"),
    [
        ("更新日期：2024年3月1日\n生效日期：2024年3月8日", ["2024-03-01"], ["2024-03-08"]),
        ("生效日期：【2024】年【3】月【8】日", [], ["2024-03-08"]),
        ("版本更新时间：2024.03.01", ["2024-03-01"], []),
        ("首次生效日期：2019年1月1日\n最近更新日期：2024-3-1", ["2024-03-01"], []),
        ("本政策自2024年3月8日起生效", [], ["2024-03-08"]),
        ("更新于2024年3月", ["2024-03-01"], []),
        (
            "Last updated: March 1, 2024. Effective date: 8 March 2024",
            ["2024-03-01"],
            ["2024-03-08"],
        ),
        ("更新日期：2024年13月1日", [], []),
    ],
)
def test_dates_are_of_their_own_labels(
    written: str, updated: list[str], effective: list[str], lexicon: Lexicon
) -> None:
    found = reading(written, lexicon)
    assert values(found, PolicyFieldKind.UPDATED) == updated
    assert values(found, PolicyFieldKind.EFFECTIVE) == effective


def test_contacts_have_their_roles_and_other_facts_their_values(lexicon: Lexicon) -> None:
    found = reading(
        "个人信息保护负责人邮箱：dpo@a.example\n投诉举报电话：400-000-0000\n"
        "客服邮箱：Help@a.example，我们将在十五个工作日内答复。\n"
        "您的信息存储在中华人民共和国境内，我们保存六个月。\n不满十四周岁的儿童须由监护人同意。\n"
        "## 出境\n我们会向境外（新加坡）提供。\n联系地址：杭州市示例路8号\n",
        lexicon,
    )
    contacts = {
        (one.value, one.role)
        for one in found.fields
        if one.kind in {PolicyFieldKind.EMAIL, PolicyFieldKind.PHONE}
    }
    assert contacts == {
        ("dpo@a.example", ContactRole.OFFICER),
        ("400-000-0000", ContactRole.COMPLAINTS),
        ("help@a.example", ContactRole.GENERAL),
    }
    assert values(found, PolicyFieldKind.RESPONSE) == ["15"]
    assert values(found, PolicyFieldKind.RETENTION) == ["P6M"]
    assert values(found, PolicyFieldKind.STORED) == ["CN"]
    assert values(found, PolicyFieldKind.MINOR_AGE) == ["14"]
    assert values(found, PolicyFieldKind.ABROAD) == ["SG"]
    assert values(found, PolicyFieldKind.ADDRESS) == ["杭州市示例路8号"]


@pytest.mark.parametrize(
    ("words", "periods"),
    [
        ("三年", ["P3Y"]),
        ("1 年 6 个月", ["P1Y", "P6M"]),
        ("30日（三十）天", ["P30D"]),
        ("24小时", ["PT24H"]),
        ("six (6) months", ["P6M"]),
        ("2024年度", []),
        ("电话4000213100 日常", []),
    ],
)
def test_periods(words: str, periods: list[str]) -> None:
    assert [period for *_, period in periods_in(words)] == periods


def test_working_days_and_numbers() -> None:
    assert [
        days for *_, days in working_days_in("15（十五）个工作日、热线 4000213100 （工作日9点）")
    ] == []
    assert [days for *_, days in working_days_in("十五个工作日 or 30 business days")] == [15, 30]
    assert [number_in(one) for one in ("二十", "一百二十", "两")] == [20, 120, 2]


def test_a_text_in_another_language_is_said_to_be_so(lexicon: Lexicon) -> None:
    found = reading("Datenschutzerklärung. Wir erheben Ihre Daten: datenschutz@a.example", lexicon)
    assert (found.langs, found.duties) == ((), ())
    assert values(found, PolicyFieldKind.EMAIL) == ["datenschutz@a.example"]
    assert [*languages_of("当社は個人情報をこのように取り扱います")] == []
    assert [*languages_of("我们收集手机号。 We collect the number of your phone for you.")] == [
        Lang.ZH,
        Lang.EN,
    ]


def test_a_duty_is_present_under_its_heading_and_absent_where_nothing_speaks_of_it(
    lexicon: Lexicon,
) -> None:
    found = reading(
        "## 未成年人保护\n儿童须由监护人同意。\n\n## 其他\n我们保护信息安全。\n", lexicon
    )
    standing = {one.duty: one.standing for one in found.duties}
    assert standing["minors"] is Standing.PRESENT
    assert standing["cross-border"] is Standing.ABSENT
    minors = next(one for one in found.duties if one.duty == "minors")
    assert [one.words for one in minors.quotes] == ["儿童须由监护人同意。"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("我们是杭州示例科技有限公司（注册地址：浙江省杭州市）。", "杭州示例科技有限公司"),
        ("“我们”是指示例（上海）网络有限公司，地址见文末。", "示例（上海）网络有限公司"),
        ("杭州示例科技有限公司（以下简称“我们”）重视您的隐私。", "杭州示例科技有限公司"),
        ("我们是一家重视隐私的公司，收集您的手机号。", None),
        ("我们是您身边的示例，与多家公司合作。", None),
    ],
)
def test_who_we_are_names_the_handler(written: str, name: str | None, lexicon: Lexicon) -> None:
    found = [
        one.value for one in reading(written, lexicon).fields if one.kind is PolicyFieldKind.HANDLER
    ]
    assert found == ([] if name is None else [name])


@pytest.mark.parametrize(
    "piece",
    [
        "和",
        "信息",
        "（",
        "“",
        "您",
        "当您",
        "a@b.cc ",
        "更新日期：",
        "2024年1月",
        "个人信息：",
        "SDK",
        "1.",
        "| 个人信息 | 目的 |\n|---|---|\n| 和和和（ | 信息信息 |\n",
        "第三方有限公司",
        "我们是",
        "公司（以下称",
        "15个工作日答复",
        "。",
        "向境外",
        "\n",
    ],
)
def test_the_time_for_a_policy_is_in_proportion_to_it(piece: str, lexicon: Lexicon) -> None:
    times = []
    for count in (10_000, 40_000):
        written = f"我们收集您的{piece * (count // len(piece))}"
        begun = time.process_time()
        reading(written, lexicon)
        times.append(time.process_time() - begun)
    assert times[1] < 0.3 + 9 * times[0]


def duties_said(written: str) -> tuple[DutySaid, ...]:
    """Answer by a model for which handler is absent, purposes unclear, retention present, …"""
    sentences = sentences_of(markdown_blocks(written))
    clauses = read_clause_model()
    scores = clauses.scores(sentences)
    width = features_of(sentences, scores, words_in(sentences)).shape[1]
    count = len(CUES)
    marks = np.tile([-1.0, 1.0], (count, 1))
    bias = np.array([(-2.0, 0.0, 2.0)[at % 3] for at in range(count)])
    model = DutyModel(np.zeros((count, width)), bias, marks)
    return duties_by_model(clauses, DutyModels(model, model))(sentences)


ENOUGH = "## 规则\n" + "我们收集手机号。\n" * FEWEST_SENTENCES


def test_models_of_duties_answer_in_the_same_form() -> None:
    told = duties_said(ENOUGH)
    assert [one.duty for one in told] == [one.topic.value for one in CUES]
    assert [one.standing for one in told[:3]] == [
        Standing.ABSENT,
        Standing.UNCLEAR,
        Standing.PRESENT,
    ]
    assert told[0].quotes == ()
    said = {one.words for duty in told for one in duty.quotes}
    assert said == {"我们收集手机号。"}


@pytest.mark.parametrize(
    "written", ["## 规则\n我们收集手机号。\n", f"{ENOUGH}客服电话：400-000-0000。\n"]
)
def test_a_few_sentences_or_a_plain_one_keep_a_topic_from_being_absent(written: str) -> None:
    assert duties_said(written)[0].standing is Standing.UNCLEAR


def test_what_a_part_of_a_policy_lacks_may_stand_in_the_rest() -> None:
    told = duties_said(ENOUGH)
    rest = [*of_a_part(told)]
    assert told[0].standing is Standing.ABSENT
    assert rest[0] == DutySaid(duty=told[0].duty, standing=Standing.UNCLEAR)
    assert rest[1:3] == [*told[1:3]]
