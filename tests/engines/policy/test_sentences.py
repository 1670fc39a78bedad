"""Headings, sentences and lists of policies, each at its place in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.engines.policy.blocks import BlockKind, BlockText
from chengnuo.engines.policy.enumerating import items_of, key_of, without_brackets
from chengnuo.engines.policy.sections import headed, number_of
from chengnuo.engines.policy.sentences import LONGEST, sentences_of
from chengnuo.engines.policy.writing import BlockWriter


def lines(*written: str, bold: frozenset[int] = frozenset()) -> BlockText:
    out = BlockWriter()
    for at, line in enumerate(written):
        out.add(line, bold=at in bold)
        out.end_line()
    return out.finished()


def test_headings_are_told_by_their_numbers_and_stand_below_one_another() -> None:
    found = headed(
        lines(
            "隐私政策",
            "一、我们如何收集",
            "（一）注册",
            "1、手机号；",
            "1.1 登录",
            "您填写手机号。",
            "（二）地图",
            "二、联系我们",
            "【其他】",
            bold=frozenset({0}),
        )
    )
    top = "我们如何收集"
    assert found.titles == ("隐私政策", top, "注册", "", "登录", "", "地图", "联系我们", "其他")
    assert found.paths[5] == (top, "注册", "登录")
    assert found.paths[6] == (top,)
    assert found.paths[8] == ("联系我们",)


@pytest.mark.parametrize(
    ("line", "rank", "words"),
    [
        ("第三章 总则", 20, "总则"),
        ("第十二条 范围", 21, "范围"),
        ("三、存储", 23, "存储"),
        ("（四）共享", 24, "共享"),
        ("2.1.3 位置", 27, "位置"),
        ("3、位置", 25, "位置"),
        ("(2) 位置", 29, "位置"),
        ("2022年更新", 0, "2022年更新"),
        ("15个工作日", 0, "15个工作日"),
        ("Section 4: Sharing", 22, "Sharing"),
    ],
)
def test_numbers_of_headings(line: str, rank: int, words: str) -> None:
    assert number_of(line) == (rank, words)


def test_what_is_a_sentence_is_no_heading() -> None:
    written = (
        "1、当您注册时，我们收集您的手机号。",
        "3. 目的：登录",
        "1、姓名；",
        "一、我们是谁 ......... 1",
    )
    assert headed(lines(*written)).titles == ("", "", "", "")


def test_sentences_end_at_stops_outside_of_brackets() -> None:
    found = sentences_of(
        lines("我们收集手机号（即号码。如有）。为了登录！ 例如“您好。”后", "Use it. We e.g. do.")
    )
    assert [one.text for one in found] == [
        "我们收集手机号（即号码。如有）。",
        "为了登录！",
        "例如“您好。”后",
        "Use it.",
        "We e.g. do.",
    ]
    assert [one.block for one in found] == [0, 0, 0, 1, 1]


def test_a_long_sentence_is_cut_at_its_parts() -> None:
    found = sentences_of(lines("；".join(["手机号" * 50] * 6)))
    assert len(found) == 6
    assert max(len(one.text) for one in found) <= LONGEST


def test_a_row_of_a_table_is_a_sentence() -> None:
    out = BlockWriter()
    out.begin(BlockKind.HEADING, 2)
    out.add("一、SDK")
    out.begin_table()
    for heading, row in ((True, "名称 信息"), (False, "友盟 IMEI"), (False, "个推 MAC")):
        out.begin_row()
        for cell in row.split():
            out.begin_cell(heading=heading)
            out.add(cell)
    out.begin_row()
    out.begin_cell(goes_on=True)
    out.begin_cell()
    out.add("OAID")
    found = sentences_of(out.finished())
    assert [one.text for one in found] == ["友盟 | IMEI", "个推 | MAC", "OAID"]
    assert {one.headings for one in found} == {("SDK",)}


@given(st.lists(st.text(alphabet="一二（(）)1.、：。！ab \n；“”A章第", max_size=40), max_size=8))
def test_every_sentence_is_the_text_at_its_place(written: list[str]) -> None:
    document = lines(*written)
    found = sentences_of(document)
    assert all(document.text[one.start : one.end] == one.text.strip() for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    kept = "".join(one.text for one in found) + "".join(
        document.text_of(block)
        for block, title in zip(document.blocks, headed(document).titles, strict=True)
        if title
    )
    assert sorted(kept.replace(" ", "")) == sorted(document.text.replace(" ", "").replace("\n", ""))


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("姓名、手机号和住址", ["姓名", "手机号", "住址"]),
        ("包括但不限于设备型号、IP地址等", ["设备型号", "IP地址等"]),
        (
            "电话号码（手机号码、短信验证码）；IP地址",
            ["电话号码（手机号码、短信验证码）", "IP地址"],
        ),
        ("Payment time, amount; IP address.", ["Payment time, amount", "IP address"]),
        ("name, phone and address", ["name", "phone", "address"]),
        ("", []),
    ],
)
def test_lists_are_taken_apart(text: str, items: list[str]) -> None:
    assert [text[start:end] for start, end in items_of(text, 0, len(text))] == items


def test_keys_and_brackets() -> None:
    assert key_of("处理目的：登录", 0, 7) == (4, 5)
    assert key_of("https://a.example", 0, 17) is None
    assert key_of("我们收集，例如：手机号", 0, 11) is None
    assert without_brackets("支付宝（支付宝（中国）公司）") == "支付宝"
    assert without_brackets("支付宝") == "支付宝"
