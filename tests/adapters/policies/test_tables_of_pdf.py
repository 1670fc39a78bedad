"""Tables of a PDF, from where its signs stand: ruled or not, merged, broken by a page, or none."""

from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser
from tests.adapters.policies.test_tables_and_formats import holds

from chengnuo.adapters.policies.policy_file import PolicyFile
from chengnuo.engines.policy.blocks import BlockKind, BlockText
from chengnuo.engines.policy.placed import Line, Page, Rule, Run
from chengnuo.engines.policy.placed_grid import Grid
from chengnuo.engines.policy.placed_pages import cell_lines, joined_tables
from chengnuo.engines.policy.placed_tables import parts_of

SIZE = 10.0
HEAD = ("SDK名称", "公司", "使用目的", "收集的信息")
MAPS = ("示例地图", "北京示例地图科技有限公司", "定位和导航", "精准定位、设备标识")
PUSH = ("示例推送", "杭州示例推送网络有限公司", "向您推送消息", "设备标识、网络状态")
LONG = ("示例云", "示例云计算有限公司", "保存您上传的照片和文件，" * 14, "照片、通讯录、" * 12)
PARAGRAPH = "我们重视您的个人信息，按照法律法规的要求采取相应的安全措施。" * 6

Words = tuple[tuple[str, ...], ...]


def run(text: str, left: float, base: float) -> Run:
    wide = sum(SIZE / 2 if sign.isascii() else SIZE for sign in text)
    return Run(text, left, left + wide, base, SIZE)


def table_of(parts: list[Line | Grid]) -> Words:
    grids = [one for one in parts if isinstance(one, Grid)]
    assert len(grids) == 1
    said = (cell_lines(row, grids[0]) for row in grids[0].rows)
    return tuple(tuple("\n".join(cell) for cell in row) for row in said)


WORDS = st.text("个人信息目的设备", min_size=1, max_size=8)


@st.composite
def laid_out(draw: st.DrawFn) -> tuple[Words, float]:
    columns = draw(st.integers(3, 6))
    row = st.tuples(*[WORDS] * columns)
    return tuple(draw(st.lists(row, min_size=3, max_size=8))), draw(st.sampled_from((2.0, 2.4)))


def runs_of(rows: Words, pitch: float) -> Iterator[Run]:
    """Yield the runs of rows below a paragraph; each column is as wide as its longest cell."""
    for at in range(3):
        yield run("这是正文" * 12, 0, at * 1.5 * SIZE)
    widths = [max(len(row[at]) for row in rows) * SIZE + 12 for at in range(len(rows[0]))]
    lefts = [0, *accumulate(widths)]
    for at, row in enumerate(rows):
        base = 60 + (at + 1) * pitch * SIZE
        yield from (run(words, left, base) for words, left in zip(row, lefts, strict=False))


@given(laid_out())
def test_columns_without_ruled_lines_are_a_table(laid: tuple[Words, float]) -> None:
    rows, pitch = laid
    assert table_of(parts_of(Page(tuple(runs_of(rows, pitch)), ()))) == rows


@given(laid_out())
def test_walls_give_the_same_table_as_the_columns_do(laid: tuple[Words, float]) -> None:
    rows, pitch = laid
    runs = tuple(runs_of(rows, pitch))
    body = runs[3:]
    right = max(one.right for one in body) + 4
    lefts = [*sorted({one.left for one in body})]
    top, bottom = body[0].base - 15, body[-1].base + 5
    levels = [top, *(row + 5 for row in sorted({one.base for one in body}))]
    rules = [Rule(-4, at, right, at) for at in levels]
    rules += [Rule(at, top, at, bottom) for at in (*(one - 4 for one in lefts), right)]
    assert table_of(parts_of(Page(runs, tuple(rules)))) == rows


def test_prose_in_two_columns_is_no_table_and_is_read_column_by_column() -> None:
    lines = [(run("左" * 20, 0, at * 15), run("右" * 20, 230, at * 15)) for at in range(20)]
    page = Page(tuple(one for both in lines for one in both), ())
    found = parts_of(page)
    assert [one.text[0] for one in found if isinstance(one, Line)] == ["左"] * 20 + ["右"] * 20


def test_a_head_that_is_repeated_overleaf_is_left_out() -> None:
    rows = (HEAD, MAPS, PUSH)
    pages = [
        [one for one in parts_of(Page(tuple(runs_of(part, 2)), ())) if isinstance(one, Grid)]
        for part in (rows, (HEAD, PUSH, MAPS))
    ]
    assert table_of(joined_tables([[*page] for page in pages])) == (*rows, PUSH, MAPS)


def made(rows: tuple[tuple[str, ...], ...]) -> str:
    lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return "".join(f"<tr>{line}</tr>" for line in lines)


GRID = "table{border-collapse:collapse}td{border:1px solid;padding:5px}"
MERGED = """<tr><td rowspan=2>SDK名称<td rowspan=2>公司<td colspan=2>处理情况</tr>
<tr><td>使用目的<td>收集的信息</tr>"""
STYLES = {
    "no ruled lines": (made((HEAD, MAPS, PUSH)), "td{padding:4px 14px 4px 0}", (HEAD, MAPS, PUSH)),
    "merged head": (
        MERGED + made((MAPS, PUSH)),
        GRID,
        (("SDK名称", "公司", "处理情况", "处理情况"), HEAD, MAPS, PUSH),
    ),
    "rules above, below and under the head": (
        f"<thead>{made((HEAD,))}</thead>{made((MAPS, PUSH))}",
        (
            "table{border-collapse:collapse;border:solid;border-width:2px 0}"
            "thead{border-bottom:1px solid}td{padding:5px 9px}"
        ),
        (HEAD, MAPS, PUSH),
    ),
    "a page ends within a row": (
        made((HEAD, MAPS, LONG, PUSH)),
        f"{GRID}td{{width:25%}}h1{{margin-bottom:18cm}}",
        (HEAD, MAPS, LONG, PUSH),
    ),
    "one line between rows, broken by a page": (
        made((HEAD, MAPS, LONG, PUSH)),
        (
            "table{border-collapse:collapse}"
            "td{border:solid;border-width:1px 0;padding:6px;width:25%}"
            "h1{margin-bottom:18cm}"
        ),
        (HEAD, MAPS, LONG, PUSH),
    ),
}


def printed(browser: Browser, body: str, css: str, path: Path) -> BlockText:
    page = browser.new_page()
    page.set_content(
        "<!doctype html><meta charset=utf-8><style>@page{size:A4;margin:2cm}"
        f"body,table{{font:11pt 'Noto Sans CJK SC'}}{css}</style>{body}"
    )
    page.pdf(path=path, prefer_css_page_size=True)
    page.close()
    return PolicyFile().read(path).document


@pytest.mark.real
@pytest.mark.parametrize("style", sorted(STYLES))
def test_tables_of_other_makers_are_read(style: str, browser: Browser, tmp_path: Path) -> None:
    table, css, rows = STYLES[style]
    body = f"<h1>隐私政策</h1><p>{PARAGRAPH}</p><table>{table}</table><p>{PARAGRAPH}</p>"
    found = printed(browser, body, css, tmp_path / "policy.pdf")
    tables = [one.rows for one in found.blocks if one.kind is BlockKind.TABLE]
    assert [tuple(tuple(cell.text for cell in row) for row in one) for one in tables] == [rows]
    assert holds(found)


@pytest.mark.real
def test_a_page_of_two_columns_holds_no_table(browser: Browser, tmp_path: Path) -> None:
    columns = f"<h1>隐私政策</h1><div style='columns:2'>{f'<p>{PARAGRAPH}</p>' * 4}</div>"
    found = printed(browser, columns, "", tmp_path / "policy.pdf")
    assert [found.text_of(one) for one in found.blocks] == ["隐私政策", *[PARAGRAPH] * 4]
