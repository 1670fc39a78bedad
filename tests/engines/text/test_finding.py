"""Values are found by shape, check digit and cue, and their look-alikes are not."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.text.cues_file import product_cues, rows

from chengnuo.engines.text.beginnings import STARTS
from chengnuo.engines.text.check_digits import is_credit_code, is_date, is_luhn, is_resident_id
from chengnuo.engines.text.cues import Cues
from chengnuo.engines.text.finding import find_in
from chengnuo.engines.text.kinds import Evidence, Kind
from chengnuo.engines.text.shapes import SHAPES

# Made up; the check digits are right.
WIDE = "".join(chr(ord(digit) + 0xFEE0) for digit in "13812345678")
FOUND = (
    (Kind.RESIDENT_ID, "身份证号{11010519491231002X}。"),
    (Kind.RESIDENT_ID, "他的证是{11010519491231002x}吗"),
    (Kind.RESIDENT_ID, "证件号码：{810000199408230021}"),
    (Kind.RESIDENT_ID, '"certNo":"{110105491231002}"'),
    (Kind.FOREIGN_PERMIT, "永居证号{931156198108150012}"),
    (Kind.CREDIT_CODE, "统一社会信用代码：{91350211M000100Y46}，联系"),
    (Kind.PASSPORT, "护照号码{E12345678}，姓名"),
    (Kind.PASSPORT, "Passport No. {EA1234567};"),
    (Kind.PASSPORT, "凭{G12345678}（护照）入住"),
    (Kind.PASSPORT, "护照和签证的号码先后是{E12345678}和另一个"),
    (Kind.HMT_PERMIT, "港澳通行证{C12345678}，"),
    (Kind.HMT_PERMIT, "回乡证号：{H1234567801}"),
    (Kind.HMT_PERMIT, "台胞证{12345678}"),
    (Kind.MOBILE, "打{13812345678}找我"),
    (Kind.MOBILE, "打{" + WIDE + "}找我"),
    (Kind.MOBILE, "tel {+86 138-1234-5678}."),
    (Kind.MOBILE, "{8613812345678}"),
    (Kind.MOBILE, "?phone={13812345678}&x=1"),
    (Kind.LANDLINE, "座机{010-82345678}。"),
    (Kind.LANDLINE, "请拨{0755 8234567}"),
    (Kind.LANDLINE, "({010)82345678}"),
    (Kind.LANDLINE, "传真：{01082345678}"),
    (Kind.EMAIL, "邮箱{zhang.san@example.com}，"),
    (Kind.EMAIL, "写信到{a_b@mail.example.com.cn}吧"),
    (Kind.BANK_CARD, "卡号{6222021234567890128}"),
    (Kind.BANK_CARD, "付到{6222 0212 3456 7894}"),
    (Kind.BANK_CARD, '{"cardNo":"{4367421234567896}"'),
    (Kind.ALIPAY, "支付宝用户ID：{2088123456789012}"),
    (Kind.WECHAT, "{wxid_a1b2c3d4e5f6g7}"),
    (Kind.WECHAT, "加我微信{happy_2025}或"),
    (Kind.QQ, "QQ：{123456789}"),
    (Kind.QQ, "我的qq号是{12345}"),
    (Kind.PLATE, "驾驶{京A12345}于"),
    (Kind.PLATE, "车牌{粤B·D12345}"),
    (Kind.PLATE, "{沪AD12345}在"),
    (Kind.IMEI, "{862964992022511}"),
    (Kind.DEVICE_ID, '"oaid":"{44ddaf06-8769-a57d-f38d-8bb7b597bc94}"'),
    (Kind.DEVICE_ID, "android_id={9774d56d682e549c}"),
    (Kind.MAC, "MAC地址{64:ED:2A:88:4A:4B}，"),
    (Kind.IPV4, "ip={61.14.242.211} cost"),
    (Kind.IPV4, "来自{113.91.149.138}的"),
    (Kind.IPV6, "{2408:c2de:ac69::b254}"),
    (Kind.LOCATION, "当前位置（{39.938715,116.333239}）"),
    (Kind.LOCATION, '"lat":{39.9387},"x":1'),
    (Kind.BIRTH_DATE, "出生日期{1980年6月7日}，"),
    (Kind.BIRTH_DATE, '"birthday":"{1980-06-07}T00:00"'),
    (Kind.BIRTH_DATE, "生于{19800607}"),
    (Kind.POSTCODE, "邮编：{100085}"),
)
LOOK_ALIKES = (
    "流水号110105194912310021校验失败",  # wrong check digit
    "110105194913310020",  # no such month
    "订单号13812345678",
    "orderNo=6222021234567890128",
    "138****5678",
    "身份证110105********002X",
    "z***g@example.com",
    "6222 **** **** 7894",
    "合计13812345678.50元",
    "版本1.2.3.4",
    "Chrome/120.0.0.0",
    "第3.2.1.15节",
    "127.0.0.1",
    "0.0.0.0",  # noqa: S104 - a look-alike, nothing is bound
    "icon@2x.png",
    "微信支付",
    "微信Android版",
    "系统于12:34:56重启",
    "编号E12345678",
    "商品K1234567",
    "客服热线400-123-4567",
    "std::a::b",
    "00:00:00:00:00:00",
    "日期2024年6月7日",
    "数值0.123456,0.654321",
    "1700000000000",
    "44ddaf06-8769-a57d-f38d-8bb7b597bc94",
    "云SERVERS已上线",
    "4367421234567896",  # no card of UnionPay, and nothing says that it is one
)


@pytest.mark.parametrize(("kind", "marked"), FOUND)
def test_a_value_is_found_whole(kind: Kind, marked: str) -> None:
    braces = re.fullmatch(r"(.*?)\{([^{}]*)\}(.*)", marked)
    assert braces is not None
    text = "".join(braces.groups())
    start = len(braces[1])
    found = {(hit.start, hit.end, hit.kind) for hit in find_in(text, product_cues())}
    assert (start, start + len(braces[2]), kind) in found
    assert len(found) == 1


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_a_look_alike_is_not_found(text: str) -> None:
    assert find_in(text, product_cues()) == []


def test_a_cue_decides_between_two_kinds() -> None:
    number = "110105194912310021"
    code = "51" + "110105" + "194912310"
    digits = next(code + str(last) for last in range(10) if is_credit_code(code + str(last)))
    found = find_in(f"统一社会信用代码{digits}", product_cues())
    assert [hit.kind for hit in found] == [Kind.CREDIT_CODE]
    assert find_in(number, product_cues()) == []


def test_what_speaks_for_a_value_is_told() -> None:
    found = find_in("打13812345678，QQ：12345678，证11010519491231002X", product_cues())
    assert [hit.evidence for hit in found] == [Evidence.FORMAT, Evidence.KEY, Evidence.CHECKSUM]
    assert [hit.score for hit in found] == sorted(hit.score for hit in found)


def test_a_cue_does_not_reach_over_a_comma() -> None:
    assert find_in("QQ，123456789", product_cues()) == []
    assert find_in("QQ\n123456789", product_cues()) == []


def test_no_word_names_two_kinds() -> None:
    said: dict[str, Kind | None] = {}
    for kind, words in rows().items():
        for word in words:
            plain = word.lower().replace("_", "").replace(" ", "").replace("-", "")
            assert said.setdefault(plain, kind) is kind, word
            cue = Cues({kind: [word]}).before(f"{word}：", len(word) + 1)
            assert cue is not None, word
            assert cue.kind is kind


def test_heads_of_a_shape_share_no_token() -> None:
    for place in range(len(SHAPES)):
        heads = [start.codes for start in STARTS if start.place == place]
        assert heads
        assert int(np.sum(heads, axis=0).max()) == 1


PIECES = st.one_of(
    st.text("0123456789", max_size=20),
    st.text("0123456789abcdefABCDEFxXzZ", max_size=20),
    st.text(".:-_/@ ,，*·年月京粤身份证号电话QQ护照\n", max_size=4),
    st.sampled_from([marked.replace("{", "").replace("}", "") for _, marked in FOUND]),
    st.text(max_size=5),
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_hits_are_in_order_and_apart(text: str) -> None:
    hits = find_in(text, product_cues())
    for hit, after in pairwise(hits):
        assert hit.end <= after.start
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)


@given(st.integers(0, 10**17 - 1))
def test_one_check_digit_of_eleven_is_right(number: int) -> None:
    body = f"11010519491231{number % 1000:03d}"
    assert sum(is_resident_id(body + last) for last in "0123456789X") == 1
    assert sum(is_luhn(f"{number:017d}{last}") for last in "0123456789") == 1


def test_the_calendar() -> None:
    assert is_date(2000, 2, 29)
    assert is_date(1904, 2, 29)
    assert not is_date(1900, 2, 29)
    assert not is_date(2023, 2, 29)
    assert not is_date(2023, 4, 31)
    assert not is_date(1899, 12, 31)
