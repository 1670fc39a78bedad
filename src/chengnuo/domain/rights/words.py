"""Why a plan does less than was asked, in words: a closed list (PIPL Arts. 44 to 50)."""

from collections.abc import Iterable
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.rights.plan import Refusal


class Why(StrEnum):
    """Why rows stay, or stay in part."""

    SHARED = "shared"
    REFERENCED = "referenced"
    PINNED = "pinned"
    DUTY = "duty"
    HELD = "held"
    SCOPE = "scope"
    DECLARED = "declared"


_WHY = {
    Why.SHARED: Text(
        "这些记录同时属于他人，不会为一个人删除；能解除的只是与本人的关联",
        "these rows belong to others as well and are not erased for one; only the link can be cut",
    ),
    Why.REFERENCED: Text(
        "他人的记录引用这些记录，删除会损及他人；已就地清空",
        "rows that are not the individual's refer to these; they are emptied in place",
    ),
    Why.PINNED: Text(
        "本人须保留的记录引用这些记录；已就地清空",
        "rows that have to stay refer to these; they are emptied in place",
    ),
    Why.DUTY: Text(
        "法律、行政法规规定的保存期限未届满，仅存储并采取必要的安全保护措施",
        "a period that law sets is not over; what is kept is only stored and protected",
    ),
    Why.HELD: Text("因特定事由暂缓删除", "held back by staff for a stated reason"),
    Why.SCOPE: Text(
        "不在本次请求范围内，或其他仍有合法性基础的处理活动需要",
        "not asked for, or needed by other activities that still rest on a legal basis",
    ),
    Why.DECLARED: Text(
        "登记为保留整行，只处理其中的列",
        "the register keeps the row and treats its columns",
    ),
}


def why(reasons: Iterable[Why]) -> Text | None:
    """Return reasons as one sentence, each once; None where there are none."""
    texts = [_WHY[one] for one in dict.fromkeys(reasons)]
    if not texts:
        return None
    return Text(
        "；".join(one.zh for one in texts) + "。",
        "; ".join(one.en or one.zh for one in texts) + ".",
    )


class RefusalCode(StrEnum):
    """Why something that is asked for is not done; stands in records for years."""

    KEPT_BY_LAW = "kept-by-law"
    HELD_BACK = "held-back"
    STILL_NEEDED = "still-needed"
    BELONGS_TO_OTHERS = "belongs-to-others"
    SECRET_BY_LAW = "secret-by-law"  # noqa: S105  a reason, no password
    ABOUT_OTHERS = "about-others"
    NOTHING_THERE = "nothing-there"
    NOT_CORRECTABLE = "not-correctable"
    NO_SUCH_PLACE = "no-such-place"
    NOT_FOUND = "row-not-found"
    WHICH_ROW = "which-row"
    WRONG_VALUE = "wrong-value"


_REFUSALS: dict[RefusalCode, tuple[tuple[str, ...], Text]] = {
    RefusalCode.KEPT_BY_LAW: (
        ("PIPL-47.2",),
        Text(
            "法律、行政法规规定的保存期限未届满；除存储和必要的安全保护外不再处理，期满后删除。",
            "A period that law sets is not over; it is only stored and protected, and goes then.",
        ),
    ),
    RefusalCode.HELD_BACK: (
        ("PIPL-47.2",),
        Text("因特定事由暂缓删除，事由消除后继续。", "Held back for a stated reason, until then."),
    ),
    RefusalCode.STILL_NEEDED: (
        ("PIPL-13", "PIPL-47.1"),
        Text(
            "其他仍有合法性基础的处理活动需要这些信息。",
            "Other activities that still rest on a legal basis need it.",
        ),
    ),
    RefusalCode.BELONGS_TO_OTHERS: (
        ("PIPL-44", "PIPL-47.1"),
        Text(
            "这些记录同时是他人的个人信息，删除会损及他人。",
            "These rows are others' personal information as well.",
        ),
    ),
    RefusalCode.SECRET_BY_LAW: (
        ("PIPL-18", "PIPL-35", "PIPL-45"),
        Text(
            "法律、行政法规规定应当保密或者不需要告知的情形。",
            "Law demands that it stays secret, or that nothing is told.",
        ),
    ),
    RefusalCode.ABOUT_OTHERS: (
        ("PIPL-44", "PIPL-45"),
        Text("这些内容是他人的个人信息。", "It is somebody else's personal information."),
    ),
    RefusalCode.NOTHING_THERE: (
        ("PIPL-45", "PIPL-47"),
        Text("没有找到您的个人信息。", "Nothing about you was found."),
    ),
    RefusalCode.NOT_CORRECTABLE: (
        ("PIPL-46",),
        Text(
            "这一项是记录的事实，不能直接改写；可以申请核实或补充说明。",
            "It records what happened and cannot be rewritten; ask to have it looked into.",
        ),
    ),
    RefusalCode.NO_SUCH_PLACE: (
        ("PIPL-46",),
        Text("登记中没有这一项。", "The register has no such item."),
    ),
    RefusalCode.NOT_FOUND: (
        ("PIPL-46",),
        Text("在您的记录中没有找到这一条。", "No such row was found among yours."),
    ),
    RefusalCode.WHICH_ROW: (
        ("PIPL-46",),
        Text("您有多条这样的记录，请指明哪一条。", "There are several such rows; name one."),
    ),
    RefusalCode.WRONG_VALUE: (
        ("PIPL-46",),
        Text(
            "所给的值不符合这一项的类型、长度或取值范围。",
            "The value does not fit the type, length or range of this item.",
        ),
    ),
}


def refusal(code: RefusalCode, what: Text, *, more: Text | None = None) -> Refusal:
    """Return a refusal with its articles and reason.

    Args:
        code: Why.
        what: What is refused, in words.
        more: Said after the reason.

    """
    articles, reason = _REFUSALS[code]
    if more is not None:
        reason = Text(f"{reason.zh}{more.zh}", f"{reason.en} {more.en or more.zh}")
    return Refusal(code=code.value, articles=articles, what=what, why=reason)
