"""Processing activities drafted from what policies say: one for each purpose that they tell.

Purpose, scene, method, necessity and period are the policy's own words; the legal basis, where it
is kept and what refusing means are not read, and a person decides them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from chengnuo.base.text import Text
from chengnuo.domain.inspection.draft_activities import (
    BASIS_AND_RETENTION,
    UNDECIDED_FACE,
    UNDECIDED_RETENTION,
    undecided_item,
)
from chengnuo.domain.inspection.draft_app import listed
from chengnuo.domain.inspection.draft_capture import captures_of
from chengnuo.domain.inspection.draft_decisions import Drafted, Step, decide
from chengnuo.domain.inspection.draft_groups import BASIC, EXTENDED
from chengnuo.domain.inspection.draft_policy import (
    necessity_said,
    on_one_line,
    quote,
    retention_said,
)
from chengnuo.domain.inspection.draft_said import ActivitySaid, ItemSaid, Words
from chengnuo.domain.inspection.draft_said_method import method_said
from chengnuo.domain.observation.sdk_catalogue import FACE
from chengnuo.domain.register.activity import MinorsRule, PIItem, ProcessingActivity
from chengnuo.domain.register.draft import to_complete
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.register.kinds import RowRef
from chengnuo.engines.policy.enumerating import bracket_of, without_brackets
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.category import TreatAs
from chengnuo.law.consent_form import ConsentForm
from chengnuo.law.ids import CategoryId
from chengnuo.law.legal_basis import LegalBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivitiesOfPolicies:
    """Drafts the activities.

    Attributes:
        law: The law.
        recipients: Ids of the parties by their places; None of those that have no row.

    """

    law: Catalogue
    recipients: Sequence[RecipientId | None]

    def draft(self, said: Sequence[ActivitySaid]) -> tuple[Drafted[ProcessingActivity], ...]:
        """Return the activities; what names no category has none."""
        whole = [one for one in said if one.by_category]
        width = max(2, len(str(len(whole))))
        return tuple(
            self._activity(ActivityId(f"policy-{at:0{width}}"), one)
            for at, one in enumerate(whole, start=1)
        )

    def _activity(self, name: ActivityId, said: ActivitySaid) -> Drafted[ProcessingActivity]:
        by_category = said.by_category
        purpose, scene, method = (said.words(one) for one in ("purpose", "scene", "method"))
        kept = said.words("retention")
        period = None if kept is None else retention_said(kept.said)
        how = method_said(_line(method), _line(scene))
        items = tuple(self._item(category, each) for category, each in by_category.items())
        is_basic = any(item.necessary for item in items)
        ids = (self.recipients[at] for at in said.parties)
        row = ProcessingActivity(
            activity=name,
            service=BASIC if is_basic else EXTENDED,
            purpose=to_complete(self._why(by_category)) if purpose is None else Text(purpose.line),
            scene=to_complete(_WHEN) if scene is None else Text(scene.line),
            method=how,
            items=items,
            basis=LegalBasis.CONSENT,
            consent=ConsentForm.GENERAL,
            retention=UNDECIDED_RETENTION if period is None else period,
            recipients=tuple(one for one in ids if one is not None),
            capture=captures_of(by_category, is_background=how.background),
            face=UNDECIDED_FACE if FACE in by_category else None,
            minors_under_14=MinorsRule.NOT_COLLECTED,
        )
        told = {"purpose": purpose, "scene": scene, "method": method, "retention": kept}
        asked = (*_QUESTIONS, *BASIS_AND_RETENTION, *_unsorted(said))
        return Drafted(
            row=row,
            sources=tuple(_sources(said, told)),
            decisions=decide(RowRef("activity", name), *asked),
        )

    def _why(self, categories: Iterable[CategoryId]) -> Text:
        names = listed([self.law.category(one).text for one in categories])
        return Text(f"政策未写明为什么收集：{names.zh}", f"why it collects: {names.en}")

    def _item(self, category: CategoryId, said: Sequence[ItemSaid]) -> PIItem:
        title = self.law.category(category).text
        told = dict.fromkeys(_detail(one.one.item.words, title) for one in said if one.is_named)
        details = "、".join(filter(None, told))
        detail = Text(details) if details else to_complete(_FIELDS)
        item = undecided_item(category, detail, self.law)
        sensitive = {one.one.sensitive for one in said if one.is_of_form}
        if self.law.category(category).treat_as is TreatAs.CONTEXT and len(sensitive) == 1:
            item = replace(item, sensitive=sensitive.pop())
        return necessity_said(item, {one.one.necessity for one in said})


def _line(words: Words | None) -> str:
    return "" if words is None else words.line


def _detail(words: str, title: Text) -> str:
    """Return which fields an item names beyond its category; empty if none.

    What we publish has the category first and the fields in brackets behind it.
    """
    line = on_one_line(words)
    titles = {title.zh.casefold(), (title.en or title.zh).casefold()}
    if line.casefold() in titles:
        return ""
    at = bracket_of(line)
    if at > 0 and without_brackets(line).casefold() in titles:
        return line[at + 1 : -1].strip()
    return line


def _sources(said: ActivitySaid, told: dict[str, Words | None]) -> Iterator[Text]:
    for field, words in told.items():
        if words is not None:
            yield quote(words.file, field, words.said)
    for echo in said.echoes:
        yield quote(echo.file, "purpose", echo.said)
    for one in said.items:
        if one.one.category is not None:
            yield quote(one.file, f"items {one.one.category}", one.one.item)


def _unsorted(said: ActivitySaid) -> Iterator[tuple[Step, str, Text]]:
    if said.unsorted:
        names = listed([Text(one.line) for one in said.unsorted])
        yield (
            Step.NECESSITY,
            "items",
            Text(
                f"政策还列出这些信息，未能归入类别，请补上：{names.zh}",
                f"the policy lists these too, of no category that is known; add them: {names.en}",
            ),
        )


_WHEN = Text("个人在什么情形下会遇到", "when the individual meets it")
_FIELDS = Text("具体是哪些字段", "which fields exactly")
_QUESTIONS = (
    (
        Step.PURPOSE,
        "purpose purpose_kind scene method service",
        Text(
            "对照政策原文核对目的与场景；目的类别暂按 service；政策未写来源与触发方式的，"
            "暂按启动时从设备读取；写明必需信息的暂归基本服务，其余归扩展服务",
            "check purpose and scene by the policy; the kind of purpose is service for now; where "
            "the policy does not say how, read from the device at start for now; what has "
            "necessary items is put to the basic service, the rest to the extended one",
        ),
    ),
    (
        Step.NECESSITY,
        "items",
        Text(
            "逐项核对字段与是否必需（政策未写明的暂按非必需），写明拒绝会怎样",
            "check for each item its fields and whether it is necessary (not, where the policy "
            "does not say), and say what refusing means",
        ),
    ),
)
