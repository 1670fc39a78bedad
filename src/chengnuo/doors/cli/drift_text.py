"""A table of drift for reading on a terminal: the figures first, then what is apart."""

from collections.abc import Iterator

from chengnuo.base.columns import columns, cut, padded, plain, wrapped
from chengnuo.base.digest import short
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.drift import DriftTable, percent
from chengnuo.domain.finding.drift_words import DriftWords, summary
from chengnuo.domain.finding.package_report import Side
from chengnuo.doors.cli.inspection_text import MOST_ROWS, WIDTH

_MORE = Text("另有 {0} 项，见 --format json", "{0} more; see --format json")
_SOURCE, _AGREE, _SHARE, _ALL = (
    Text("来源", "source"),
    Text("一致", "agree"),
    Text("比例", "share"),
    Text("全部", "all"),
)
_RECORDED = Text("已记录在存证日志的第 {0} 条。", "recorded at position {0} of the evidence log")


def drift_as_text(table: DriftTable, words: DriftWords, lang: Lang) -> str:
    """Return a table in lines of at most 80 columns."""
    lines = [*wrapped(summary(table).in_lang(lang), WIDTH), ""]
    lines += [*_figures(table, lang), ""]
    for source in table.read:
        apart = [one for one in table.of(source) if one.side is not Side.AGREED]
        if apart:
            lines.append(f"{source.text.in_lang(lang)} ({len(apart)})")
            for one in apart[:MOST_ROWS]:
                sort = padded(one.thing.text.in_lang(lang), 12)
                side = padded(one.side.text.in_lang(lang), 22)
                head = f"  {side}  {sort}  "
                name = plain(words.name(one).in_lang(lang))
                lines.append(head + cut(name, WIDTH - columns(head)))
            if len(apart) > MOST_ROWS:
                lines.append(f"  {_MORE.in_lang(lang).format(len(apart) - MOST_ROWS)}")
            lines.append("")
    return "\n".join(lines).rstrip()


def recorded_words(position: int, lang: Lang) -> str:
    """Return where a table was recorded, in words."""
    return _RECORDED.in_lang(lang).format(position)


def _figures(table: DriftTable, lang: Lang) -> Iterator[str]:
    rows = [(_SOURCE, _AGREE.in_lang(lang), _SHARE.in_lang(lang), "")]
    rows += [
        (
            source.text,
            f"{table.agreed(source)}/{len(table.of(source))}",
            percent(table.share(source)),
            ", ".join(one.name for one in table.sources if one.source is source),
        )
        for source in table.read
    ]
    rows.append(
        (
            _ALL,
            f"{table.agreed()}/{len(table.lines)}",
            percent(table.share()),
            short(table.register),
        )
    )
    for name, agree, share, read in rows:
        head = f"{padded(name.in_lang(lang), 22)}{padded(agree, 10)}{padded(share, 8)}"
        yield f"{head}{cut(plain(read), WIDTH - 40)}".rstrip()
