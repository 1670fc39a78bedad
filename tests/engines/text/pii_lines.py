"""Lines like those of logs and of tickets, with values that are right, nearly right, and wrong."""

from hypothesis import strategies as st
from tests.engines.text.cues_file import rows
from tests.engines.text.test_finding import FOUND, LOOK_ALIKES

WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in map(chr, range(0x21, 0x7F))}
WORDS = [word for words in rows().values() for word in words]
MARKED = [marked for _, marked in FOUND] + [f"x{{{text}}}y" for text in LOOK_ALIKES]
VALUES = [marked[marked.index("{") + 1 : marked.rindex("}")] for marked in MARKED]


def _changed(value: str, place: int, sign: str, how: int) -> str:
    at = place % (len(value) + 1)
    match how:
        case 0:
            return value[:at] + sign + value[at + 1 :]
        case 1:
            return value[:at] + sign + value[at:]
        case 2:
            return value[:at] + value[at + 1 :]
        case 3:
            return value.translate(WIDE)
        case _:
            return value


SIGNS = st.sampled_from("0123456789xXaAfFzZ.-:_@/ *●+（(年月日，京٣İK\U0001f600")
CHANGED = st.builds(_changed, st.sampled_from(VALUES), st.integers(0, 40), SIGNS, st.integers(0, 9))
JOINTS = st.sampled_from(
    ["", " ", ":", "：", "=", '":"', "号码为", "_", "No. ", "[", "，", ",", "\n", "\r\n", "1", "a"]
)
CAMEL = st.sampled_from(["user", "User", "login_", "x-", "last ", "A", "9", "用户", "的"])
CUES = st.builds(
    lambda before, word, how: before + [word, word.title().replace(" ", ""), word.upper()][how],
    CAMEL | st.just(""),
    st.sampled_from(WORDS),
    st.integers(0, 2),
)
PARTS = st.one_of(
    st.builds("".join, st.tuples(CUES, JOINTS, CHANGED, JOINTS)),
    st.builds("".join, st.tuples(CHANGED, JOINTS, CUES)),
    CHANGED,
    CUES,
    JOINTS,
    st.sampled_from(["\U0001f600", "𠀀", "\ud800", "订单", "，", "。\n", "a.b.", "12", "3-4-"]),
    st.text(max_size=4),
)
LINES = st.lists(PARTS, max_size=12).map("".join)
