"""How often one individual's information was used: what the two lists add for whoever has come in.

The numbers are those of the evidence log: permitted decisions, provisions and exports of the
individual's own chain. What was done in batches without a record for each individual is no part
of them, and the lists say so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chengnuo.base.instant import from_us
from chengnuo.base.text import Text
from chengnuo.domain.disclosure.document import Cell, NoticeBox, lines, notice_box
from chengnuo.domain.disclosure.saying import fill
from chengnuo.law.civil import civil_date

WINDOWS_DAYS = (7, 30, 365)
_NOTHING = Text("没有使用记录", "no use on record")


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """How often one thing was done.

    Attributes:
        activity: For which activity; may be empty.
        recipient: Given to whom; empty for nobody.
        categories: Which categories; None for all that the activity handles.
        counts: How often within each of `WINDOWS_DAYS`.
        last: When it was done last, microseconds since 1970.

    """

    activity: str
    recipient: str
    categories: tuple[str, ...] | None
    counts: tuple[int, ...]
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """All that was done with one individual's information.

    Attributes:
        uses: What was done, by activity, recipient and categories.
        exports: How often it was exported, within each of `WINDOWS_DAYS`.
        batches: Batches of the last year that have no record for each individual.
        behind: Records of the log that are not counted yet.

    """

    uses: tuple[Use, ...]
    exports: tuple[int, ...]
    batches: int
    behind: int

    def of(self, activity: str, category: str) -> Cell:
        """Return how often a category was used for an activity."""
        return _said(use for use in self._with(category) if use.activity == activity)

    def is_used(self, activity: str, category: str) -> bool:
        """Tell whether a category was used for an activity at all."""
        return any(use.activity == activity for use in self._with(category))

    def all_of(self, category: str) -> Cell:
        """Return how often a category was used, whatever for."""
        return _said(self._with(category))

    def _with(self, category: str) -> Iterator[Use]:
        return (use for use in self.uses if use.categories is None or category in use.categories)

    def given(
        self, recipient: str, activities: Iterable[str | None], others: Iterable[str | None]
    ) -> Cell:
        """Return how often something was given to a recipient in some activities.

        Args:
            recipient: The recipient.
            activities: The activities of one row.
            others: All activities of the recipient's rows; what was given for none of them
                counts in every row, so that no provision is left out.

        """
        left_out = set(others) - set(activities)
        return _said(
            use for use in self.uses if use.recipient == recipient and use.activity not in left_out
        )


def _said(uses: Iterable[Use]) -> Cell:
    found = tuple(uses)
    if not found:
        return lines([_NOTHING])
    counts = [sum(each) for each in zip(*(use.counts for use in found), strict=True)]
    last = civil_date(from_us(max(use.last for use in found))).isoformat()
    return lines(
        [
            *(
                fill("近 {days} 天 {n} 次", "{n} in {days} days", days=days, n=n)
                for days, n in zip(WINDOWS_DAYS, counts, strict=True)
            ),
            fill("最近一次 {day}", "last on {day}", day=last),
        ]
    )


def note_of(used: Used) -> NoticeBox:
    """Return what one has to know to read the numbers."""
    said = [
        Text(
            "次数来自存证日志中与您有关的记录：允许使用的判断、对外提供和导出，各算一次。",
            "The numbers come from the records about you in the evidence log: each permitted use,"
            " provision and export counts once.",
        ),
        Text(
            "下载的文件是对所有人公布的清单，不含这些次数。",
            "The files to download are the lists published for everybody, without these numbers.",
        ),
    ]
    if any(used.exports):
        said.append(
            fill(
                "您的信息近 {days} 天被导出 {n} 次。",
                "Your information was exported {n} times in {days} days.",
                days=WINDOWS_DAYS[-1],
                n=used.exports[-1],
            )
        )
    if used.batches:
        said.append(
            fill(
                "近一年另有 {n} 批成批处理没有逐人记录，不在次数之内。",
                "Apart from these, {n} batches of the last year were recorded as a whole and are"
                " in none of the numbers.",
                n=used.batches,
            )
        )
    if used.behind:
        said.append(
            fill(
                "还有 {n} 条新记录正在计入，请稍后刷新。",
                "{n} new records are still being counted; look again in a while.",
                n=used.behind,
            )
        )
    return notice_box(Text("与您有关的次数", "How often, for you"), *said)
