"""What a column holds, told from name and sample; counting by arrays beside one value at a time."""

import json
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.engines.text.cues_file import product_cues

from chengnuo.engines.text.check_digits import ID_CHECKS, ID_WEIGHTS, is_luhn
from chengnuo.engines.text.column_data import (
    BLOCK,
    SURE,
    blocks,
    may_hold,
    may_hold_each,
    surely,
)
from chengnuo.engines.text.column_forms import are_places, halves, is_digest, is_masked, paths_in
from chengnuo.engines.text.columns import ColumnClass, Holding, classified, counted, counted_plainly
from chengnuo.engines.text.kinds import Kind

CUES = product_cues()
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


CARD = next(f"622202000000{last:04}" for last in range(10) if is_luhn(f"622202000000{last:04}"))


def resident_id(at: int, *, wrong: bool = False) -> str:
    first = f"3301061901{1 + at % 12:02}{1 + at % 28:02}{at % 1000:03}"
    total = sum(int(digit) * weight for digit, weight in zip(first, ID_WEIGHTS, strict=False))
    return first + ID_CHECKS[(total + wrong) % 11]


NUMBERS = st.one_of(
    st.from_regex(r"\A1[3-9][0-9]{9}\Z"),
    st.integers(0, 999).map(resident_id),
    st.integers(0, 999).map(lambda at: resident_id(at, wrong=True)),
    st.from_regex(r"\A62[0-9]{14}(?:[0-9]{3})?\Z"),
    st.sampled_from([CARD, "4111111111111111", "622202".translate(WIDE), "110101190002291234"]),
)
MAILS = st.from_regex(r"\A[a-z0-9_.\-]{0,6}@[a-z0-9.\-]{0,8}(?:\.com|\.cn|\.org|\.zip)?\Z")
ADDRESSES = st.from_regex(r"\A(?:[0-9]{1,3}\.){2,4}[0-9]{1,3}\Z")
WORDS = st.text(alphabet="aZ09 .@-_:*\n\t张路，" + "138@".translate(WIDE), max_size=14)
VALUES = st.lists(
    st.one_of(
        NUMBERS,
        MAILS,
        ADDRESSES,
        WORDS,
        st.tuples(WORDS, NUMBERS | MAILS | ADDRESSES, WORDS).map("".join),
    ),
    max_size=12,
)
NAMES = st.sampled_from(
    ["v", "phone", "id_card", "email", "card_no", "login_ip", "order_no", "备注"]
)


@given(NAMES, VALUES, st.none() | st.sampled_from(SURE))
@example("phone", ["13800138000", "138 0013 8000", "+8613800138000", ""], Kind.MOBILE)
@example("email", ["a@b.com", "a..b@c.com", "a@b@c.com", ".a@b.cn", "a@b-.cn", "a@.cn"], Kind.EMAIL)
@example("login_ip", ["61.1.2.3", "1.2.3.4", "256.1.1.1", "061.1.1.1", "1.2.3.4.5"], Kind.IPV4)
@example("v", ["\n", " ", "a\nb 13800138000"], None)
def test_arrays_count_as_one_by_one_does(name: str, values: list[str], kind: Kind | None) -> None:
    holding = Holding.NOTHING if kind is None else Holding.VALUES
    for about in (ColumnClass(holding=holding, kind=kind), classified(name, values, CUES)):
        told = counted(name, values, CUES, about)
        assert told == counted_plainly(name, values, CUES, about)


@given(st.lists(WORDS | NUMBERS | MAILS, min_size=1, max_size=12))
def test_what_may_hold_is_told_alike(values: list[str]) -> None:
    ((_, block),) = blocks(values)
    assert may_hold_each(block).tolist() == [may_hold(value) for value in values]


def test_a_column_of_many_blocks_is_counted_whole() -> None:
    values = [f"138001{at % 100_000:05}" for at in range(2 * BLOCK + 7)]
    found = counted("phone", values, CUES, classified("phone", values[:9], CUES))
    assert found.whole == {Kind.MOBILE: len(values)}
    assert [first for first, _ in blocks(values)] == [0, BLOCK, 2 * BLOCK]


def test_plain_values_are_told_by_arrays_alone() -> None:
    plain = {
        Kind.MOBILE: "13800138000",
        Kind.RESIDENT_ID: resident_id(5),
        Kind.BANK_CARD: CARD,
        Kind.EMAIL: "some.body@mail.com",
        Kind.IPV4: "61.135.1.20",
    }
    for kind, value in plain.items():
        ((_, block),) = blocks([value, value + "x", ""])
        assert surely(block, kind).tolist() == [True, False, False], kind.name


def many(value: Callable[[int], str], *others: str) -> list[str]:
    return [*map(value, range(40)), *others]


CASES: list[tuple[str, str, list[str], Holding, Kind | None]] = [
    ("phones", "tel", many(lambda at: f"138001{at:05}"), Holding.VALUES, Kind.MOBILE),
    ("phones without a name", "c7", many(lambda at: f"138001{at:05}"), Holding.VALUES, Kind.MOBILE),
    ("order numbers", "order_no", many(lambda at: f"138001{at:05}"), Holding.NOTHING, None),
    ("ids", "c8", many(resident_id), Holding.VALUES, Kind.RESIDENT_ID),
    ("birthdays", "birthday", many(lambda at: f"1901-02-{1 + at % 28:02}"), Holding.VALUES,
     Kind.BIRTH_DATE),
    ("days", "created_at", many(lambda at: f"1901-02-{1 + at % 28:02}"), Holding.NOTHING, None),
    ("names", "real_name", many(lambda at: "张王李赵"[at % 4] + "一二三四五六七"[at % 7]),
     Holding.VALUES, Kind.NAME),
    ("names of things", "product_name", many(lambda at: f"{'红绿蓝'[at % 3]}茶壶"),
     Holding.NOTHING, None),
    ("few names", "name", ["杭州店", "宁波店"] * 20, Holding.NOTHING, None),
    ("addresses", "address", many(lambda at: f"浙江省杭州市上城区某路{at}号"), Holding.VALUES,
     Kind.ADDRESS),
    ("remarks", "remark", many(lambda _: "门口右转", "请打13800138000找我"), Holding.INSIDE,
     Kind.MOBILE),
    ("masked", "phone", many(lambda at: f"138****{at:04}"), Holding.MASKED, Kind.MOBILE),
    ("digests", "phone_md5", many(lambda at: f"{at:032x}"), Holding.DIGESTS, None),
    ("devices", "oaid", many(lambda at: f"{at + 2**80:032x}"), Holding.VALUES, Kind.DEVICE_ID),
    ("states", "status", ["PAID", "NEW"] * 20, Holding.NOTHING, None),
    ("nothing", "remark", ["", "  "], Holding.NOTHING, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "values", "holding", "kind"), [one[1:] for one in CASES], ids=[one[0] for one in CASES]
)
def test_a_column_is_told_by_name_and_values(
    name: str, values: list[str], holding: Holding, kind: Kind | None
) -> None:
    found = classified(name, values, CUES)
    assert (found.holding, found.kind) == (holding, kind)


def test_what_a_sample_shows_is_counted_though_it_has_few_digits() -> None:
    values = [f"车牌京A{at:05}停在门口" for at in range(20)]
    about = classified("remark", values, CUES)
    assert (about.holding, about.kind) == (Holding.INSIDE, Kind.PLATE)
    assert counted("remark", values, CUES, about).inside == {Kind.PLATE: 20}


def test_prose_is_searched_and_codes_are_not() -> None:
    assert classified("remark", ["请放门口", "谢谢"], CUES).searched
    assert not classified("order_no", ["2026112900001", "2026112900002"], CUES).searched


def test_paths_of_json_are_columns() -> None:
    texts = [json.dumps({"buyer": {"phone": f"138001{at:05}"}, "n": at}) for at in range(3)]
    assert paths_in([*texts, ""]) == {
        "buyer.phone": [f"138001{at:05}" for at in range(3)],
        "n": ["0", "1", "2"],
    }
    assert paths_in(["{broken", "plain", "[1]"]) is None


def test_a_key_of_json_that_is_a_value_is_not_a_path() -> None:
    texts = [json.dumps({f"138001{at:05}": {"seen": 1}}) for at in range(3)]
    assert paths_in(texts) == {"*.seen": ["1", "1", "1"]}


def inside(leaves: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(leaves, max_size=3) | st.dictionaries(st.text(max_size=3), leaves, max_size=3)


LEAVES: st.SearchStrategy[object] = st.none() | st.integers() | st.text(max_size=3)


@given(st.recursive(LEAVES, inside, max_leaves=8))
def test_any_json_has_paths_or_none(tree: object) -> None:
    found = paths_in([json.dumps(tree)])
    assert (found is None) is not isinstance(tree, dict | list)


def test_halves_of_a_place() -> None:
    assert halves(["lat", "lng", "shop_lat", "id"]) == [("lat", "lng")]
    assert are_places(["30.12345", ""], ["120.12345", "120.1"]) == 1.0
    assert are_places(["30123450"], ["120123450"]) == 1.0
    assert are_places(["30.1"], ["120.1"]) == 0.0
    assert are_places(["95.12345"], ["120.12345"]) == 0.0


@pytest.mark.parametrize("value", ["138****1234", "张*", f"138{'X' * 4}1234", "[mobile*abcdefgh]"])
def test_what_is_masked_is_known(value: str) -> None:
    assert is_masked(value)
    assert not is_masked("茶壶 12 x 3")


def test_digests_are_known_by_their_length() -> None:
    assert is_digest("0" * 64)
    assert is_digest("$2b$12$abcdefghijklmnopqrstuv")
    assert not is_digest("0" * 33)
