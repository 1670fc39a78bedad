"""Values that a cue in Latin letters is glued to, and what only looks like them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.engines.text.cues_file import product_cues
from tests.engines.text.pii_lines import LINES

from chengnuo.engines.jit import compiled
from chengnuo.engines.text.codes import PAD, signs_of
from chengnuo.engines.text.finding import find_in, find_one_by_one
from chengnuo.engines.text.glued import (
    LETTERS,
    edges_by_loop,
    edges_in,
    edges_of,
    ends_of,
    glued_at,
)
from chengnuo.engines.text.kinds import Hit

CUES = product_cues()
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
FOUND = {
    "QQ12345678": ("QQ", "12345678"),
    "加我qq1234567890 谢谢": ("QQ", "1234567890"),
    "QQ12345678".translate(WIDE): ("QQ", "12345678".translate(WIDE)),
    "MAC3c-22-fb-4a-8d-33": ("MAC", "3c-22-fb-4a-8d-33"),
    "maca4:c3:f0:91:4b:c3": ("MAC", "a4:c3:f0:91:4b:c3"),
    "IMEI861234056789012": ("IMEI", "861234056789012"),
    "TEL13800138000": ("MOBILE", "13800138000"),
    "Tel138-0013-8000": ("MOBILE", "138-0013-8000"),
    "userPhone13800138000": ("MOBILE", "13800138000"),
    "mobile_no13800138000": ("MOBILE", "13800138000"),
    "fax010-62345678": ("LANDLINE", "010-62345678"),
    "client_ip61.135.169.121": ("IPV4", "61.135.169.121"),
    "IDCARD11010519491231002X": ("RESIDENT_ID", "11010519491231002X"),
    "bankCard6222021234567890128": ("BANK_CARD", "6222021234567890128"),
    "ICCID89860012345678901234": ("DEVICE_ID", "89860012345678901234"),
    # A cue in Chinese was never glued.
    "手机号13800138000": ("MOBILE", "13800138000"),
    "微信号wxid_abcdef123456": ("WECHAT", "wxid_abcdef123456"),
    "身份证号11010519491231002X": ("RESIDENT_ID", "11010519491231002X"),
    "QQ号：12345678": ("QQ", "12345678"),
    "车牌京A12345": ("PLATE", "京A12345"),
    "tel:13800138000": ("MOBILE", "13800138000"),
    "mac:3c:22:fb:4a:8d:33": ("MAC", "3c:22:fb:4a:8d:33"),
}
NOTHING = (
    "ABC12345678",
    "SN861234056789012",
    "SKU13800138000",
    "order13800138000",
    "v13800138000.js",
    "d41d8cd98f00b204e9800998ecf8427e",
    "550e8400-e29b-41d4-a716-446655440000",
    "QQ2013版",
    "QQ20240101.tar.gz",
    "qq12345678_setup.exe",
    "xxQQ12345678ab",
    "xxqq12345678",
    "hotel13800138000",
    "XTEL13800138000",
    "skip61.135.169.121",
    "zip100080",
    "mtp12345678",
    "iphone13800138000s",
    "mac10.15.7",
    "imac3c-22-fb-4a-8d-33",
    "phone20240101",
    "tel1024x768",
    "card1234567890123456",
)
PIECES = st.lists(
    st.sampled_from(
        [
            *FOUND,
            *NOTHING,
            "qq",
            "QQ",
            "TEL",
            "imei",
            "Mac",
            "8",
            "1380013",
            "8000",
            " ",
            "，",
            "\n",
        ]
    ),
    max_size=12,
).map("".join)


def glued(text: str, edges: list[int]) -> list[Hit]:
    return [*glued_at(edges, text, CUES, lambda part: find_one_by_one(part, CUES))]


def by_loop(text: str) -> list[int]:
    signs = signs_of(text)
    return [at - PAD for at in edges_by_loop(signs, LETTERS, ends_of(CUES)).tolist()]


@pytest.mark.parametrize("text", sorted(FOUND))
def test_a_value_glued_to_its_cue_is_found(text: str) -> None:
    (hit,) = find_in(text, CUES)
    assert (hit.kind.name, text[hit.start : hit.end]) == FOUND[text]
    padded = f"{'。' * 3000}{text}\n"
    (far,) = find_in(padded, CUES)
    assert (far.start, far.kind, far.evidence) == (hit.start + 3000, hit.kind, hit.evidence)


@pytest.mark.parametrize("text", sorted(NOTHING))
def test_what_only_looks_like_one_is_not(text: str) -> None:
    assert find_in(text, CUES) == []
    assert find_in(f"{text}\n" * 200, CUES) == []


def test_mail_that_begins_like_one_is_mail() -> None:
    (hit,) = find_in("QQ12345678@qq.com", CUES)
    assert (hit.kind.name, hit.start) == ("EMAIL", 0)


@given(PIECES | LINES, st.integers(0, 9))
@example("QQ12345678", 4)
@example("\U0001f600QQ12345678", 0)
def test_arrays_leave_out_no_edge_before_which_a_cue_ends(text: str, filling: int) -> None:
    text = f"{' ' * filling}{text}"
    few = edges_in(signs_of(text), CUES)
    assert by_loop(text) == few
    assert set(few) <= set(edges_of(text))
    assert glued(text, few) == glued(text, edges_of(text))


def test_an_edge_where_two_pieces_meet_is_seen() -> None:
    for filling in range((1 << 15) - 12, (1 << 15) + 2):
        text = f"{'-' * filling}QQ12345678 "
        assert edges_in(signs_of(text), CUES) == by_loop(text) == [filling + 2]


@pytest.mark.slow
def test_the_same_compiled() -> None:
    loop = compiled(edges_by_loop)
    signs = signs_of("".join(FOUND) * 9)
    assert loop(signs, LETTERS, ends_of(CUES)).tolist() == [
        at + PAD for at in by_loop("".join(FOUND) * 9)
    ]
