"""How complaints and the hotline are answered, as a document that everybody can take away."""

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import (
    Block,
    Cell,
    Column,
    Document,
    DocumentKind,
    Table,
    cell,
    paragraph,
)
from chengnuo.domain.disclosure.saying import fill, same
from chengnuo.domain.dossier.hotline_months import HotlineMonth
from chengnuo.domain.dossier.service_figures import IN_APP, ServiceFigures
from chengnuo.domain.dossier.sorts.complaint_choices import CHANNELS, CONTENT

_CHANNEL = {one.value: one.text for one in CHANNELS} | {IN_APP: Text("应用内", "In the app")}
_CONTENT = {one.value: one.text for one in CONTENT}
_COMPLAINTS = Text("投诉的处理", "How complaints were answered")
_HOTLINE = Text("客服热线", "The hotline")
_COLUMNS = (Column(Text("项目", "What"), 3), Column(Text("数量", "How many"), 1))
_MONTHS = (
    Column(Text("月份", "Month"), 2),
    Column(Text("来电", "Calls"), 1),
    Column(Text("人工接听", "Answered by a person"), 1),
    Column(Text("平均等待（秒）", "Average wait (s)"), 1),
    Column(Text("最长等待（秒）", "Longest wait (s)"), 1),
)
_NO_CALLS = Text("没有已结束月份的热线数据。", "No month that is over has figures of the hotline.")


def service_figures(declared: Declared, figures: ServiceFigures) -> Document:
    """Return the document: complaints of the year, then the hotline by month."""
    blocks: list[Block] = [
        paragraph(
            fill(
                "{since} 至 {until}。个人撤回的投诉不计；数字不涉及任何个人。",
                "{since} to {until}, without complaints that were taken back; nobody is named.",
                since=figures.since.isoformat(),
                until=figures.until.isoformat(),
            )
        ),
        Table(_COMPLAINTS, _COLUMNS, _complaints(figures)),
        paragraph(
            fill(
                "热线的目标：月平均等待不超过 {most} 秒，人工应答率高于 {share}。",
                "Targets of the hotline: a wait of at most {most} s on the average of a month, and "
                "more than {share} of the calls answered by a person.",
                most=figures.most_wait_s,
                share=f"{figures.more_than:.0%}",
            )
        ),
    ]
    if figures.hotline:
        blocks.append(Table(_HOTLINE, _MONTHS, tuple(map(_month, figures.hotline))))
    else:
        blocks.append(paragraph(_NO_CALLS))
    return Document(
        id=DocumentKind.SERVICE_FIGURES.value,
        kind=DocumentKind.SERVICE_FIGURES,
        title=fill(
            "《{app}》投诉和热线的处理情况",
            "{app}: how complaints and calls are answered",
            app=declared.facts.app,
        ),
        facts=declared.facts,
        blocks=tuple(blocks),
    )


def _complaints(figures: ServiceFigures) -> tuple[tuple[Cell, ...], ...]:
    days = "—" if figures.median_days is None else str(figures.median_days)
    rows = (
        (Text("收到", "Received"), str(figures.received)),
        *(
            (fill("其中：{channel}", "of these: {channel}", channel=_CHANNEL[channel]), str(count))
            for channel, count in figures.by_channel
        ),
        (Text("已答复", "Answered"), str(figures.answered)),
        (Text("逾期", "Late"), str(figures.late)),
        (Text("答复用时的中位数（天）", "Median days to an answer"), days),
        (Text("由系统逐级升级的", "Stepped up by the service"), str(figures.stepped_up)),
        *(
            (fill("评价：{content}", "Rated: {content}", content=_CONTENT[content]), str(count))
            for content, count in figures.content
        ),
    )
    return tuple((cell(name), cell(same(count))) for name, count in rows)


def _month(one: HotlineMonth) -> tuple[Cell, ...]:
    share = f"{one.answered / one.calls:.1%}" if one.calls else "—"
    said = (
        f"{one.first:%Y-%m}",
        str(one.calls),
        f"{one.answered} ({share})",
        str(one.mean_wait_s),
        str(one.longest_wait_s),
    )
    return tuple(cell(same(words)) for words in said)
