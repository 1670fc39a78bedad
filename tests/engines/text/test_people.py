"""Names, addresses and health are found, their look-alikes are not, and masks hide them."""

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.text.knowledge_files import product_search

from chengnuo.engines.text.divisions import Level
from chengnuo.engines.text.kinds import Evidence, Kind
from chengnuo.engines.text.made_up import made_up
from chengnuo.engines.text.masking import masked, named, partly, wholly
from chengnuo.engines.text.tagged import Tag, Tagged

KEY = b"a key of the tests, 32 bytes long"
LABELS = {kind: f"{kind.name.lower()}" for kind in Kind}
MASKS = {"named": named(KEY), "partly": partly(), "wholly": wholly(LABELS)}
# Names are of nobody.
FOUND = (
    (Kind.NAME, Evidence.KEY, "收货人：{张思远} "),
    (Kind.NAME, Evidence.KEY, '{"realName":"{陆嘉宁}","x":1}'),
    (Kind.NAME, Evidence.KEY, "姓名：{欧阳文博}。"),
    (Kind.NAME, Evidence.KEY, "联系人{周雨桐}电话未填"),
    (Kind.NAME, Evidence.KEY, "姓名：{钟犇}，"),
    (Kind.NAME, Evidence.KEY, "full name: {John Smith}, "),
    (Kind.NAME, Evidence.KEY, "户名：{阿迪力·买买提江}，"),
    (Kind.NAME, Evidence.FORMAT, "客户{古丽娜尔·买买提}来电"),
    (Kind.NAME, Evidence.MODEL, "您好，我是{王晓梅}，请问发货了吗"),
    (Kind.NAME, Evidence.MODEL, "会议由{陈志强}主持"),
    (Kind.ADDRESS, Evidence.FORMAT, "寄到{浙江省杭州市西湖区文一西路588号2幢301室}吧"),
    (Kind.ADDRESS, Evidence.FORMAT, "车停在{人民路12号}门口"),
    (Kind.ADDRESS, Evidence.KEY, "收货地址：{四川省成都市武侯区天府软件园}，"),
    (Kind.ADDRESS, Evidence.KEY, '"addr":"{江苏省南京市鼓楼区汉口路22号南园4舍}"'),
    (Kind.ADDRESS, Evidence.FORMAT, "家在{河南省周口市扶沟县崔桥镇刘庄村3组}，"),
    (Kind.ADDRESS, Evidence.KEY, "通讯地址就在{青海省西宁市城中区南关街27号}，"),
    (Kind.ADDRESS, Evidence.KEY, "可按下列地址与我们联系：{甘肃省兰州市城关区东岗西路52号}。"),
    (Kind.ADDRESS, Evidence.KEY, "收货地址已改成{建国大街61号}，"),
    (Kind.ADDRESS, Evidence.FORMAT, "快件抵达{复兴路甲9号}了"),
    (Kind.BIRTH_DATE, Evidence.KEY, "他是{1980年6月7日}出生的"),
    (Kind.BIRTH_DATE, Evidence.KEY, "男，{1980年6月7日}生，汉族"),
)
LOOK_ALIKES = (
    "张小泉菜刀和王老吉凉茶",
    "高兴地通知大家，王牌产品上线",
    "任何单位应当严格遵守相关规定，方便查询余额",
    "姓名：张*",
    "收货人：欧阳**，",
    "productName: 方便面",
    "北京市海淀区举办活动",
    "南京路步行街很热闹",
    "国道107号线封闭",
    "这条思路3层含义",
    "地址：见附件",
    "收货地址：浙江省杭州市西湖区********",
    "王庄村3组5*",
    "糖尿病人应当少吃糖",
    "版本说明：金山办公与方正电子合作",
)


def places(marked: str) -> tuple[str, int, int]:
    """Return a text without its braces, and where what they hold stands."""
    match = re.fullmatch(r"(.*?)\{([^{}\"]+)\}(.*)", marked, re.DOTALL)
    assert match is not None
    return "".join(match.groups()), len(match[1]), len(match[1]) + len(match[2])


@pytest.mark.parametrize(("kind", "evidence", "marked"), FOUND)
def test_a_person_is_found(kind: Kind, evidence: Evidence, marked: str) -> None:
    text, start, end = places(marked)
    hits = product_search().found(text)
    assert [(hit.start, hit.end, hit.kind, hit.evidence) for hit in hits] == [
        (start, end, kind, evidence)
    ]


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_a_look_alike_is_not_found(text: str) -> None:
    assert product_search().found(text) == []


def test_health_counts_beside_a_person_alone() -> None:
    alone = "确诊2型糖尿病，妊娠22周"
    assert product_search().found(alone) == []
    hits = product_search().found(f"患者张思远，{alone}\n{alone}")
    assert [hit.kind for hit in hits] == [Kind.NAME, Kind.HEALTH, Kind.HEALTH]
    text = f"患者张思远，{alone}"
    assert [text[hit.start : hit.end] for hit in hits[1:]] == ["2型糖尿病", "妊娠22周"]


def test_a_longest_division_begins_an_address() -> None:
    divisions = product_search().addresses.divisions
    assert divisions.at("吉林省吉林市", 0) == (3, Level.PROVINCE)
    assert divisions.chain("吉林省吉林市船营区松江路", 0) == (
        9,
        (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY),
    )
    assert divisions.at("船", 0) is None


def test_a_region_stays_readable_and_a_long_surname_whole() -> None:
    mask = partly()
    assert mask("浙江省杭州市西湖区文一西路588号", Kind.ADDRESS) == "浙江省杭州市西湖区********"
    assert mask("人民路12号", Kind.ADDRESS) == "******"
    assert mask("欧阳文博", Kind.NAME) == "欧阳**"


@pytest.mark.parametrize("style", sorted(MASKS))
@pytest.mark.parametrize("marked", [marked for *_, marked in FOUND])
def test_nobody_masked_is_found_again(style: str, marked: str) -> None:
    text, *_ = places(marked)
    hidden = masked(text, product_search().found(text), MASKS[style])
    assert hidden != text
    assert product_search().found(hidden) == []


PIECES = st.one_of(
    st.sampled_from([places(marked)[0] for *_, marked in FOUND]),
    st.sampled_from(
        [
            "张伟",
            "王芳",
            "李小明",
            "患者",
            "糖尿病",
            "人民路",
            "3号",
            "收货人",
            "：",
            "，",
            "*",
            "\n",
        ]
    ),
    st.text("张王李陈伟芳明和平安高方路号栋*·，[] 1a", max_size=6),
    st.sampled_from(
        ["13812345678", "11010519491231002X", "京A12345", "z@example.com", "QQ：123456"]
    ),
)


@pytest.mark.parametrize("style", sorted(MASKS))
@given(pieces=st.lists(PIECES, max_size=12))
def test_nobody_masked_is_found_again_in_any_text(style: str, pieces: list[str]) -> None:
    text = "".join(pieces)
    hits = product_search().found(text)
    for hit, after in pairwise(hits):
        assert hit.end <= after.start
    hidden = masked(text, hits, MASKS[style])
    again = product_search().found(hidden)
    assert [(hidden, hit) for hit in again] == []


@pytest.mark.parametrize(
    ("kind", "value"),
    [(Kind.NAME, "欧阳文博"), (Kind.ADDRESS, "人民路12号"), (Kind.HEALTH, "哮喘")],
    ids=["name", "address", "health"],
)
def test_somebody_made_up_is_another(kind: Kind, value: str) -> None:
    made = made_up(KEY)
    assert made(value, kind) != value
    assert made(value, kind) == made(value, kind)
    if kind is Kind.NAME:
        assert len(made(value, kind)) == len(value)


def said_by_a_model(lines: Sequence[str]) -> list[list[Tagged]]:
    """Tell the persons and places of the test, as a model of words would."""
    words = {
        "贝鲁斯": Tag.PERSON,
        "王老吉": Tag.PERSON,
        "田秀": Tag.PERSON,
        "东城": Tag.PLACE,
        "河沿9号": Tag.PLACE,
    }
    return [
        sorted(
            Tagged(line.index(word), line.index(word) + len(word), tag)
            for word, tag in words.items()
            if word in line
        )
        for line in lines
    ]


def test_a_model_of_words_adds_what_it_tells() -> None:
    text = "贝鲁斯说起王老吉，田秀也在东城河沿9号"
    assert {hit.kind for hit in product_search().found(text)} <= {Kind.NAME}
    hits = product_search(said_by_a_model).found(text)
    assert [(text[hit.start : hit.end], hit.kind, hit.evidence) for hit in hits] == [
        ("贝鲁斯", Kind.NAME, Evidence.MODEL),
        ("田秀", Kind.NAME, Evidence.MODEL),
        ("东城河沿9号", Kind.ADDRESS, Evidence.MODEL),
    ]
