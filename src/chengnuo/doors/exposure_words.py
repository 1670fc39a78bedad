"""Exposure in words: a line an article, with caps, what speaks for it, and how it is cited."""

from chengnuo.base.text import Lang
from chengnuo.domain.finding.exposure import Exposure, ExposureLine
from chengnuo.law.catalogue import Catalogue

_WAN = 10_000


def exposure_lines(exposure: Exposure, catalogue: Catalogue, lang: Lang) -> tuple[str, ...]:
    """Return what a finding exposes the handler to, one line an article; none where nothing."""
    return tuple(_line(one, catalogue, lang) for one in exposure.lines)


def yuan(amount: int, lang: Lang) -> str:
    """Return an amount as people say it: by ten thousands in Chinese."""
    if lang is Lang.EN:
        return f"{amount:,} yuan"
    if amount >= _WAN and not amount % _WAN:
        return f"{amount // _WAN:,} 万元"
    return f"{amount:,} 元"


def _line(line: ExposureLine, catalogue: Catalogue, lang: Lang) -> str:
    zh = lang is Lang.ZH
    cited = catalogue.figure_citation(line.figure, lang)
    most = yuan(line.most, lang)
    said = (
        f"{line.tier.text.in_lang(lang)}：最高 {most}"
        if zh
        else (f"{line.tier.text.in_lang(lang)}: up to {most}")
    )
    if line.turnover_missing and line.of_turnover is not None:
        share = f"{line.of_turnover:.0%}"
        said += (
            f"，或者上一年度营业额的 {share}（未登记营业额）"
            if zh
            else f", or {share} of last year's turnover, which is not entered"
        )
    if line.of_gain is not None:
        least_times, most_times = line.of_gain
        said += (
            f"，有违法所得的可按其 {least_times} 至 {most_times} 倍"
            if zh
            else f", or {least_times} to {most_times} times what was unlawfully gained"
        )
    if line.persons is not None:
        least, top = (yuan(one, lang) for one in line.persons)
        said += f"；责任人员 {least}至 {top}" if zh else f"; persons in charge {least} to {top}"
    said += f"（{cited}）" if zh else f" ({cited})"
    if line.reasons:
        why = ("；" if zh else "; ").join(one.in_lang(lang) for one in line.reasons)
        said += f"。可能被认为严重：{why}" if zh else f". What speaks for serious: {why}"
    return said
