"""The search of a long text by whole arrays finds what the plain search finds, of every kind."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.engines.text.accuracy_lines import Maker
from tests.engines.text.knowledge_files import product_search
from tests.engines.text.test_people import FOUND, LOOK_ALIKES, PIECES, places, said_by_a_model

from chengnuo.engines.text.folding import folded
from chengnuo.engines.text.viewed import viewed

SETS = ("fresh", "held_out", "tuned")
# What the searches look at from nearby: signs of names, addresses, health and what stands beside.
SIGNS = st.text(
    "王欧阳张伟芳犇·•*，、：:=\"' \n\r\t先生女士生出于住址在地市区省县路号栋室弄线一二"
    "3\uff191aAZ-.|;糖尿病\uff28—\u3000\U0001f600\u212a",
    max_size=12,
)
WORDS = st.sampled_from(
    [
        "收货地址",
        "address=",
        "residence: ",
        "住在",
        "位于",
        "浙江省杭州市西湖区",
        "文一西路",
        "588号",
        "2幢301室",
        "3号线",
        "1980年6月7日",
        "1990-01-02",
        "出生",
        "生于",
        "full name: ",
        "John Smith",
        "MARY J. O'NEIL",
        "古丽娜尔·买买提",
        "户名：",
        "确诊",
        "2型糖尿病",
        "hiv",
        "HIV阳性",
        "王老吉凉茶",
        "周杰伦演唱会",
        "13812345678",
        "z@example.com",
        "老师",
        "realName",
        "goodsName:",
        *(places(marked)[0] for *_, marked in FOUND),
        *LOOK_ALIKES,
    ]
)
TEXTS = st.lists(WORDS | SIGNS | PIECES, max_size=24).map("".join)


def hold_equal(text: str) -> None:
    """Assert that both ways find the same, without a model of words and with one."""
    for search in (product_search(), product_search(said_by_a_model)):
        assert search.found_together(text) == search.found_one_by_one(text)


@given(TEXTS)
@example("")
@example("\n\n")
@example("地址在人民路3号2号线旁1号")
@example("address：\U0001f600北京市海淀区\uff11\uff12号楼，户名：\u212aing Lear")
@example("王芳*张伟，李小明、王犇 13812345678")
def test_both_ways_find_the_same(text: str) -> None:
    hold_equal(text)


@pytest.mark.slow
@settings(max_examples=1000)
@given(TEXTS)
def test_the_same_in_many_more_texts(text: str) -> None:
    hold_equal(text)


@pytest.mark.parametrize("name", SETS)
def test_the_same_in_lines_of_prose_and_logs(name: str) -> None:
    make = Maker(name, 5)
    kinds = ("prose", "logs", "neutral")
    text = "\n".join(line.text for kind in kinds for line in make.lines(kind, 60))
    hits = product_search().found_together(text)
    assert len(hits) > len(kinds)
    assert hits == product_search().found_one_by_one(text)


@given(st.text("\uff41\uff11\uff0d—–a1王\n\U0001f600\udc00\ud800（，", max_size=20))
def test_a_text_is_folded_as_elsewhere(text: str) -> None:
    assert viewed(text).text == folded(text)
