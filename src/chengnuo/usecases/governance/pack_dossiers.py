"""Parts of an audit pack that dossiers tell: incidents, complaints, assessments, and the others.

Of what was said in an act only days, counts, choices and rows of the register are taken: what
people wrote in words, whose dossier it is and who acted stay where they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from chengnuo.base.text import Text
from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.dossier.clocks import Clock
from chengnuo.domain.dossier.dossier import Act, Dossier
from chengnuo.domain.dossier.fields import FieldForm, FieldSort
from chengnuo.domain.dossier.sort import DossierSort
from chengnuo.domain.dossier.standing import state_of
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.governance.audit_pack import PackPart, Value
from chengnuo.law.civil import BEIJING
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.governance.pack_sources import PackPeriod, day, joined
from chengnuo.usecases.governance.pack_tables import Shown, part_of

_PAGE = 1_000
_WORDS = frozenset({FieldForm.LINE, FieldForm.TEXT})
_TOPICS: tuple[tuple[str, Text, tuple[str, ...], tuple[Kind, ...]], ...] = (
    (
        "06-incidents",
        Text("个人信息安全事件", "Incidents"),
        ("incident", "canary"),
        (Kind.INCIDENT,),
    ),
    (
        "07-complaints",
        Text("投诉与举报", "Complaints"),
        ("complaint", "hotline"),
        (Kind.COMPLAINT,),
    ),
    ("10-assessments", Text("个人信息保护影响评估", "Impact assessments"), ("assessment",), ()),
    (
        "11-vettings",
        Text("第三方与 SDK 的审查和监督", "Vetting and supervision of third parties"),
        ("sdk-vetting", "supervision", "agreement-term", "joint-request"),
        (),
    ),
)
_TRANSFERS = ("filing", "foreign-request")
_PAPERS = ("audit",)


def dossiers_of(
    desk: DossierDesk, sorts: Sequence[str], period: PackPeriod
) -> Iterator[tuple[Dossier, bool]]:
    """Yield the dossiers of some sorts that concern a period, as they stood at its end.

    Those opened or acted in within the period, and those that were open in it; with whether
    something was done in the period.
    """
    skip = 0
    while page := desk.store.every(sorts, skip=skip, limit=_PAGE):
        skip += len(page)
        for dossier in page:
            acts = tuple(act for act in dossier.acts if act.at <= period.until)
            if not acts:
                continue
            then = replace(dossier, acts=acts)
            acted = any(act.at in period for act in acts)
            if acted or not state_of(SORTS[then.sort], then).final:
                yield then, acted


def dossier_parts(desk: DossierDesk, period: PackPeriod) -> Iterator[PackPart]:
    """Yield the parts that dossiers tell, each as its topic."""
    for name, title, sorts, kinds in _TOPICS:
        yield _part(desk, period, name, title, sorts, kinds)
    named = {sort for _, _, sorts, _ in _TOPICS for sort in sorts}
    others = tuple(sort for sort in SORTS if sort not in {*named, *_TRANSFERS})
    title = Text(
        "其他卷宗（审计、整改、安全措施等）", "Other dossiers (audits, remedies, safeguards)"
    )
    yield _part(desk, period, "15-dossiers", title, others, (Kind.DOSSIER_ACT,))


def transfer_rows(desk: DossierDesk, period: PackPeriod) -> PackPart:
    """Return what was filed about provision abroad and asked from abroad, as a part."""
    title = Text("出境备案、申报与境外机构的要求", "Filings and requests from abroad")
    return _part(desk, period, "09-transfer-filings", title, _TRANSFERS, ())


def _part(  # noqa: PLR0913, PLR0917  what a part is
    desk: DossierDesk,
    period: PackPeriod,
    name: str,
    title: Text,
    sorts: tuple[str, ...],
    kinds: tuple[Kind, ...],
) -> PackPart:
    found = sorted(
        (one for one, _ in dossiers_of(desk, sorts, period)),
        key=lambda one: (day(one.opened_at), one.id),
    )
    cited, whole = found, Text("", "")
    if Kind.DOSSIER_ACT in kinds:  # acts of dossiers of every sort are of this kind
        cited = [one for one, _ in dossiers_of(desk, list(SORTS), period)]
        whole = Text(
            "本部分所引的记录包括全部卷宗的全部办理。",
            " The records that this part cites are those of all dossiers.",
        )
    called = Text(
        "、".join(SORTS[one].text.zh for one in sorts),
        ", ".join(SORTS[one].text.en or SORTS[one].text.zh for one in sorts),
    )
    return part_of(
        name,
        title,
        Text(
            f"看过全部卷宗中的以下种类：{called.zh}。列出期间内立卷、办理过或者仍未结的；状态以期末为准。"
            f"不含当事人、经办人和用文字写下的内容。{whole.zh}",
            f"All dossiers of these sorts were looked at: {called.en}. Those opened, acted in or"
            " still open in the period stand here, as they were at its end; not whom they are"
            f" about, who acted, or what was written in words.{whole.en}",
        ),
        _columns(desk, period),
        found,
        period=period,
        records=(at for one in cited for at in _positions(one)),
        kinds=(kind.value for kind in kinds),
    )


def _positions(dossier: Dossier) -> set[int]:
    return {act.position for act in dossier.acts if act.position is not None}


def _columns(desk: DossierDesk, period: PackPeriod) -> tuple[Shown[Dossier], ...]:
    def sort(one: Dossier) -> DossierSort:
        return SORTS[one.sort]

    def deadlines(one: Dossier) -> Value:
        return joined([_deadline(clock) for clock in desk.clocks(one)])

    def late(one: Dossier) -> Value:
        return any(clock.is_late(period.until) for clock in desk.clocks(one))

    return (
        Shown("id", Text("编号", "Id"), 2, lambda one: str(one.id)),
        Shown("sort", Text("种类", "Sort"), 2, lambda one: sort(one).text),
        Shown("about", Text("事由", "About"), 2, lambda one: _about(sort(one), one)),
        Shown("opened", Text("立卷日", "Opened"), 2, lambda one: day(one.opened_at)),
        Shown(
            "state",
            Text("状态（期末）", "State at the end"),
            2,
            lambda one: state_of(sort(one), one).text,
        ),
        Shown("deadlines", Text("期限", "Deadlines"), 3, deadlines),
        Shown("late", Text("逾期", "Late"), 1, late),
        Shown(
            "acts",
            Text("办理经过（日志位置）", "Acts (position in the log)"),
            4,
            lambda one: joined([_act(sort(one), act) for act in one.acts]),
        ),
        Shown(
            "said",
            Text("所选项与数字", "Choices and figures"),
            3,
            lambda one: joined([*_said(sort(one), one)]),
        ),
    )


def _deadline(clock: Clock) -> Text:
    until = day(clock.deadline.until)
    return Text(f"{clock.sort.text.zh} {until}", f"{clock.sort.text.en} {until}")


def _about(sort: DossierSort, dossier: Dossier) -> Value:
    fields = {field.name: field for act in sort.acts for field in act.fields}
    known = fields.get(sort.title_from)
    value = dossier.value(sort.title_from)
    if known is None or known.form in _WORDS or known.private or value is None:
        return None
    return known.text_of(str(value))


def _act(sort: DossierSort, act: Act) -> Text:
    known = sort.act(act.what)
    named = Text(act.what, act.what) if known is None else known.text
    at = "" if act.position is None else f" #{act.position}"
    return Text(f"{day(act.at)} {named.zh}{at}", f"{day(act.at)} {named.en}{at}")


def _said(sort: DossierSort, dossier: Dossier) -> Iterator[Text]:
    for act in dossier.acts:
        known = sort.act(act.what)
        for field in () if known is None else known.fields:
            value = act.fields.get(field.name)
            if value is None or field.private or field.form in _WORDS:
                continue
            yield Text(
                f"{field.label.zh}：{_words(field, value).zh}",
                f"{field.label.en or field.label.zh}: {_words(field, value).en}",
            )


def _words(field: FieldSort, value: str | int | tuple[str, ...]) -> Text:
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    if field.form is FieldForm.INSTANT:
        at = f"{datetime.fromisoformat(str(value)).astimezone(BEIJING):%Y-%m-%d %H:%M}"
        return Text(at, at)
    values = value if isinstance(value, tuple) else (str(value),)
    texts = [field.text_of(one) for one in values]
    return Text("、".join(one.zh for one in texts), ", ".join(one.en or one.zh for one in texts))
