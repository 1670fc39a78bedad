"""One finding or observation in full: the way to it with its tests, and the code around it."""

from collections.abc import Iterator

from chengnuo.base.canonical import Tree
from chengnuo.base.columns import plain
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.finding_json import finding_tree
from chengnuo.domain.finding.inspection_json import observation_tree
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.observation.listing import Listing
from chengnuo.doors.cli.inspection_text import finding_lines, observation_as_text
from chengnuo.usecases.inspection.inspections import Explained

_CODE = Text("代码", "code")
_BEFORE = Text("… 前面 {0} 条指令", "… {0} instructions before")
_AFTER = Text("… 后面 {0} 条指令", "… {0} instructions after")
_SITE, _OTHER = "▶", " "


def explained_as_text(explained: Explained, words: ReportWords, lang: Lang) -> str:
    """Return it for reading on a terminal; lines of code are as long as they are."""
    lines: list[str] = []
    if explained.finding is not None:
        lines += [
            explained.finding.id,
            *finding_lines(explained.finding, words=words, lang=lang),
            "",
        ]
    listings = {one.place: one for one in explained.listings}
    for one in explained.observations:
        lines += [observation_as_text(one, words, lang), ""]
        if one.place in listings:
            lines += [*_code(listings[one.place], lang), ""]
    return "\n".join(lines[:-1])


def explained_tree(explained: Explained) -> Tree:
    """Return it as a tree of JSON."""
    finding = explained.finding
    return {
        "finding": None if finding is None else finding_tree(finding),
        "observations": [observation_tree(one) for one in explained.observations],
        "code": [
            {
                "file": one.place.file,
                "className": one.place.class_name,
                "method": one.place.method,
                "before": one.before,
                "lines": [
                    {"pc": line.pc, "text": line.text, "isSite": line.is_site} for line in one.lines
                ],
                "after": one.after,
            }
            for one in explained.listings
        ],
    }


def _code(listing: Listing, lang: Lang) -> Iterator[str]:
    place = listing.place
    where = f"{place.file} · {place.class_name}.{place.method}"
    yield f"{_CODE.in_lang(lang)}  {plain(where)}"
    wide = max((len(str(line.pc)) for line in listing.lines), default=1)
    if listing.before:
        yield f"    {_BEFORE.in_lang(lang).format(listing.before)}"
    for line in listing.lines:
        mark = _SITE if line.is_site else _OTHER
        yield f"  {mark} {line.pc:>{wide}}  {plain(line.text)}"
    if listing.after:
        yield f"    {_AFTER.in_lang(lang).format(listing.after)}"
