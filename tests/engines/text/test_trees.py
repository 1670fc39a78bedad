"""Trees and columns: keys name values, what is masked is found in its own place."""

from hypothesis import given
from hypothesis import strategies as st
from tests.engines.text.cues_file import product_cues

from chengnuo.engines.text.finding import find_in
from chengnuo.engines.text.kinds import Hit, Kind
from chengnuo.engines.text.masking import partly, wholly
from chengnuo.engines.text.trees import hits_of_each, masked_tree

# Made up.
MOBILE = "13812345678"
LABELS = {kind: kind.name for kind in Kind}


def find(text: str) -> list[Hit]:
    return find_in(text, product_cues())


def test_keys_name_values_and_numbers_become_texts() -> None:
    tree = {
        "id": 7,
        "phone": int(MOBILE),
        "orderNo": MOBILE,
        "qq": ["123456789", None],
        "ok": True,
        "amount": 12.5,
        "place": {"lat": 31.23041, "lng": 121.4737},
        "note": f'第一行\n{MOBILE} "q"',
    }
    assert masked_tree(tree, find, partly()) == {
        "id": 7,
        "phone": "138****5678",
        "orderNo": MOBILE,
        "qq": ["1******89", None],
        "ok": True,
        "amount": 12.5,
        "place": {"lat": "**.*****", "lng": "***.****"},
        "note": '第一行\n138****5678 "q"',
    }


def test_the_order_of_keys_stays() -> None:
    tree = {"b": {"phone": MOBILE}, "a": "x", "c": [1]}
    made = masked_tree(tree, find, partly())
    assert isinstance(made, dict)
    assert list(made) == ["b", "a", "c"]


def test_keys_are_masked_and_none_is_lost() -> None:
    tree = {MOBILE: 1, "13812345679": 2, "13899995678": {"x": 3}}
    made = masked_tree(tree, find, wholly(LABELS))
    assert made == {"[MOBILE]": 1, "[MOBILE] (2)": 2, "[MOBILE] (3)": {"x": 3}}


def test_a_tree_without_values_is_the_same() -> None:
    tree = {"a": [1, 2.5, "无"], "b": None}
    assert masked_tree(tree, find, partly()) is tree


def test_a_name_serves_a_whole_column() -> None:
    values = ["123456789", None, "无", 987654321]
    found = hits_of_each(values, find, name="qq")
    assert [[hit.kind for hit in hits] for hits in found] == [[Kind.QQ], [], [], [Kind.QQ]]
    assert (found[0][0].start, found[0][0].end) == (0, 9)
    assert not any(hits_of_each(values, find))


def test_neighbours_in_a_column_do_not_speak_for_each_other() -> None:
    values = ["我的QQ号", "123456789"]
    assert not any(hits_of_each(values, find))


TREES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.sampled_from([MOBILE, f"a {MOBILE}", "31.23041"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["phone", "qq", "lat", "x", MOBILE]), inner, max_size=4)
    ),
    max_leaves=12,
)


def shape(tree: object) -> object:
    if isinstance(tree, dict):
        return [shape(value) for value in tree.values()]
    if isinstance(tree, list):
        return [shape(value) for value in tree]
    return tree if tree is None or isinstance(tree, bool) else "value"


@given(TREES)
def test_the_shape_stays_and_nothing_is_found_again(tree: object) -> None:
    made = masked_tree(tree, find, wholly(LABELS))
    assert shape(made) == shape(tree)
    assert masked_tree(made, find, wholly(LABELS)) is made
    assert MOBILE not in repr(made)
