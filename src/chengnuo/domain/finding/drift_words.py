"""What a table of drift says in words: its figure in a sentence, and the names of its rows."""

from dataclasses import dataclass

from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.drift import DriftLine, DriftSource, DriftTable, Thing, percent
from chengnuo.domain.finding.package_report import Side
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.observation.observation import Subject
from chengnuo.domain.register.model import Register

ARROW = " → "
NOTHING = Text("没有可以对照的内容。", "There is nothing to compare.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftWords:
    """Where the words are looked up.

    Attributes:
        words: Names by the law and the knowledge.
        register: Names of activities and recipients.

    """

    words: ReportWords
    register: Register

    def name(self, line: DriftLine) -> Text:
        """Return what a row is about, as people call it."""
        match line.thing:
            case Thing.INFORMATION | Thing.PERMISSION | Thing.SDK | Thing.HOST:
                return self.words.thing(Subject(line.thing.value), line.what)
            case Thing.ACTIVITY:
                return self._activity(line.what)
            case Thing.RECIPIENT:
                activity, _, recipient = line.what.partition(ARROW)
                given, taker = self._activity(activity), self._recipient(recipient)
                en = f"{given.in_lang(Lang.EN)}{ARROW}{taker.in_lang(Lang.EN)}"
                return Text(f"{given.zh}{ARROW}{taker.zh}", en)
            case _:
                return Text(line.what)

    def _activity(self, activity: str) -> Text:
        found = (one.purpose for one in self.register.activities if one.activity == activity)
        return next(found, Text(activity))

    def _recipient(self, recipient: str) -> Text:
        found = (one.name for one in self.register.recipients if one.recipient == recipient)
        return next(found, Text(recipient))


def summary(table: DriftTable, source: DriftSource | None = None) -> Text:
    """Return in a sentence how far a source, or all of them, and the register are apart."""
    lines = table.of(source)
    if not lines:
        return NOTHING
    used = sum(1 for one in lines if one.side is Side.USED_NOT_DECLARED)
    declared = sum(1 for one in lines if one.side is Side.DECLARED_NOT_USED)
    agreed, share = table.agreed(source), percent(table.share(source))
    return Text(
        f"共对照 {len(lines)} 项，一致 {agreed} 项（{share}）；"
        f"有使用未声明 {used} 项，有声明未发现使用 {declared} 项。",
        f"Of {len(lines)} things compared, {agreed} agree ({share}); used and not declared {used}; "
        f"declared, no use seen {declared}.",
    )
