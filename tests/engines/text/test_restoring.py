"""Names are put back into values, however the text is cut into pieces."""

from collections.abc import Collection, Mapping

from hypothesis import given
from hypothesis import strategies as st

from chengnuo.engines.text.kinds import Kind
from chengnuo.engines.text.masking import name_of
from chengnuo.engines.text.restoring import restored

KEY = b"k" * 16
NAMES = {name_of(value, Kind.MOBILE, KEY): value for value in ("13812345678", "13912345678")}
ONE, TWO = NAMES
STRANGE = name_of("x", Kind.DEVICE_ID, KEY)


def values(names: Collection[str]) -> Mapping[str, str]:
    return {name: NAMES[name] for name in names if name in NAMES}


def test_what_is_known_is_restored_and_the_rest_counted() -> None:
    text = f"[1] {ONE}，{TWO}{STRANGE} {ONE} [mobile*short] [x"
    assert list(restored([text], values)) == [
        (
            f"[1] 13812345678，13912345678{STRANGE} 13812345678 [mobile*short] ",
            3,
            1,
        ),
        ("[x", 0, 0),
    ]


PARTS = st.sampled_from([ONE, TWO, STRANGE, "[", "]", "[[", "中文", "\n", "[mobile*", "x" * 40])


@given(st.lists(PARTS, max_size=8), st.lists(st.integers(0, 200), max_size=6))
def test_pieces_do_not_matter(parts: list[str], cuts: list[int]) -> None:
    text = "".join(parts)
    ends = sorted({min(cut, len(text)) for cut in cuts} | {len(text)})
    pieces = [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    whole = list(restored([text], values))
    told = list(restored(pieces, values))
    assert "".join(piece for piece, _, _ in told) == "".join(piece for piece, _, _ in whole)
    assert sum(done for _, done, _ in told) == text.count(ONE) + text.count(TWO)
    assert sum(unknown for _, _, unknown in told) == text.count(STRANGE)
