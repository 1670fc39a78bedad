"""A register drafted from policies alone: every purpose, item and party that was read has a row.

It loads like any register. What the policies say is filled in with their own words, and the
remarks above each row say where they stand; whether they are true a person decides. What no policy
says carries the mark of drafts, or the value that the check objects to.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from chengnuo.base.columns import plain
from chengnuo.base.text import Text
from chengnuo.domain.inspection.draft import Draft, put_together
from chengnuo.domain.inspection.draft_app import (
    APP,
    APP_QUESTIONS,
    draft_handler,
    draft_services,
    listed,
    undecided_app,
)
from chengnuo.domain.inspection.draft_decisions import Drafted, Step, decide
from chengnuo.domain.inspection.draft_groups import BASIC, EXTENDED
from chengnuo.domain.inspection.draft_policy import (
    MOST_QUOTES,
    app_said,
    complaint_days_said,
    handler_said,
    officer_said,
    quote,
)
from chengnuo.domain.inspection.draft_said import (
    ActivitySaid,
    Words,
    activities_said,
    parties_said,
)
from chengnuo.domain.inspection.draft_said_activities import ActivitiesOfPolicies
from chengnuo.domain.inspection.draft_said_recipients import RecipientsOfPolicies
from chengnuo.domain.inspection.draft_seen import source
from chengnuo.domain.observation.policy import PolicyFieldKind, PolicyReading, ReadFrom
from chengnuo.domain.observation.sdk_catalogue import SdkCatalogue
from chengnuo.domain.register.app import App, FirstRun
from chengnuo.domain.register.handler import Handler
from chengnuo.domain.register.kinds import RowRef
from chengnuo.law.catalogue import Catalogue

_WORST_FIRST_RUN = FirstRun(
    pre_ticked=True, equal_buttons=False, leaves_on_refusal=True, collects_before=True
)
"""No policy tells how an app asks; the check objects to this until somebody has looked."""


def draft_from_policies(
    readings: Sequence[PolicyReading], sdks: SdkCatalogue, law: Catalogue
) -> Draft:
    """Return the register that policies give.

    Args:
        readings: What the policies of one app say, the main one first.
        sdks: The SDKs that are known.
        law: The law.

    """
    parties = parties_said(readings)
    said = activities_said(readings, parties)
    recipients = RecipientsOfPolicies(parties=parties, sdks=sdks, law=law)
    activities = ActivitiesOfPolicies(law=law, recipients=recipients.ids).draft(said)
    linked = frozenset(name for one in activities for name in one.row.recipients)
    return put_together(
        _handler(readings),
        _app(readings, _unread(readings, said, recipients)),
        draft_services(frozenset({BASIC, EXTENDED})),
        activities,
        recipients.draft(linked),
    )


def _handler(readings: Sequence[PolicyReading]) -> Drafted[Handler]:
    drafted = draft_handler()
    handler, quotes = drafted.row, list[Text]()
    for reading in readings:
        for fill in (handler_said, officer_said, complaint_days_said):
            filled = fill(handler, reading)
            handler = filled.row
            quotes.extend(quote(reading.file, *one) for one in filled.quotes)
    return replace(drafted, row=handler, sources=tuple(quotes))


def _app(
    readings: Sequence[PolicyReading], unread: Iterator[tuple[Step, str, Text]]
) -> Drafted[App]:
    app, quotes = undecided_app(_WORST_FIRST_RUN), list[Text]()
    for reading in readings:
        quotes.append(
            source(
                Text(
                    f"隐私政策 {plain(reading.file)}，SHA-256 {reading.sha256}",
                    f"policy {plain(reading.file)}, SHA-256 {reading.sha256}",
                )
            )
        )
        filled = app_said(app, reading)
        app = filled.row
        quotes.extend(quote(reading.file, *one) for one in filled.quotes)
        quotes.extend(_by_the_way(reading))
    asked = (*APP_QUESTIONS, _FIRST_RUN, *unread)
    return Drafted(row=app, sources=tuple(quotes), decisions=decide(RowRef("app", APP), *asked))


_BY_THE_WAY = {
    PolicyFieldKind.RETENTION: "activities.retention",
    PolicyFieldKind.STORED: "stores",
    PolicyFieldKind.ABROAD: "recipients.country",
    PolicyFieldKind.MINOR_AGE: "audience",
}
"""Facts that belong to no row for sure, by the field that they may matter to."""


def _by_the_way(reading: PolicyReading) -> Iterator[Text]:
    for kind, field in _BY_THE_WAY.items():
        distinct = {one.value: one for one in reversed(reading.fields_of(kind))}
        for one in [*reversed(distinct.values())][:MOST_QUOTES]:
            yield quote(reading.file, field, one.said)


_FIRST_RUN = (
    Step.WAYS,
    "first_run",
    Text(
        "政策不写首次运行怎样询问，暂按最不利的填写；在应用里看过再改",
        "no policy tells how the first run asks: the worst for now; look at the app, then mend it",
    ),
)
_UNREAD = (
    Step.UNREAD,
    "",
    Text(
        "补充政策没有写的、工具没有读出的处理活动和接收方；有安装包的，再用它核对",
        "add the activities and recipients that the policy does not tell, or that were not read; "
        "hold it against the package if there is one",
    ),
)


def _unread(
    readings: Sequence[PolicyReading],
    said: Sequence[ActivitySaid],
    recipients: RecipientsOfPolicies,
) -> Iterator[tuple[Step, str, Text]]:
    yield _UNREAD
    if cut := [Text(one.file) for one in readings if not one.is_whole]:
        names = listed(cut)
        yield Step.UNREAD, "", Text(f"只读了一部分：{names.zh}", f"read in part: {names.en}")
    items = [words for one in said if not one.by_category for words in one.unsorted]
    if items:
        names = _quoted(items)
        yield (
            Step.UNREAD,
            "",
            Text(
                f"政策列出的这些信息未能归入类别，没有写成活动：{names.zh}",
                f"the policy lists these, of no category that is known, so no activity: {names.en}",
            ),
        )
    mentioned = [
        Words(reading.file, one.name)
        for reading in readings
        for one in reading.parties
        if one.sdk is None and one.read_from is ReadFrom.SENTENCE
    ]
    if mentioned:
        names = _quoted(mentioned)
        yield (
            Step.RECIPIENTS,
            "",
            Text(
                f"政策的正文还提到向这些对象提供或委托，请逐一核实，是接收方的补上：{names.zh}",
                f"sentences of the policy name these too as getting information; add those that "
                f"are recipients: {names.en}",
            ),
        )
    unknown = [words for one in recipients.without_row if (words := one.words("name")) is not None]
    if unknown:
        names = _quoted(unknown)
        yield (
            Step.RECIPIENTS,
            "",
            Text(
                f"政策没有写明这些第三方取得什么信息，没有写成接收方：{names.zh}",
                f"the policy does not say what these third parties get, so no recipients: "
                f"{names.en}",
            ),
        )


def _quoted(words: Sequence[Words]) -> Text:
    return listed([Text(line) for line in dict.fromkeys(plain(one.line) for one in words)])
