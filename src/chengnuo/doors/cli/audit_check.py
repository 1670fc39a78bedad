"""`chengnuo audit check`: an audit pack verified, and what people read of it held to its JSON."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from chengnuo.base.text import Lang, Text
from chengnuo.doors.cli.evidence_options import JSON, json_text
from chengnuo.doors.cli.root import EXIT_FINDINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from chengnuo.base.canonical import Tree
    from chengnuo.ports.log_verifier import LogVerifier, VerifierReport
    from chengnuo.ports.pack_files import PackFiles
    from chengnuo.usecases.governance.pack_checking import Differs, PackChecked, PackChecking

_UNDECIDED = 4
_SAME = Text(
    "表、报告和说明与 JSON 一致：{compared} 个文件由 JSON 重新生成，逐字节相同；"
    "能由日志的叶重算的数目都相符。",
    "sheets, reports and heads say what the JSON says: {compared} files were made of it anew and"
    " are the same to the byte; every count that the leaves tell agrees",
)
_DIFFERS = Text(
    "与 JSON 不一致（{count} 处）；JSON 才是受核验的内容：",
    "not what the JSON says ({count} places); the JSON is what is verified:",
)
_OTHER = Text(
    "无法断定：本包由 {made} 生成，这里是 {program}；请用生成它的版本核对。",
    "undecided: the pack was made by {made}, and this is {program}; check it with what made it",
)
_NOT_LOOKED = Text(
    "核验没有通过，表和报告未与 JSON 核对。",
    "it was not verified, so sheets and reports were not held to the JSON",
)


class ChecksPacks(Protocol):
    """The program as this command sees it."""

    @property
    def lang(self) -> Lang:
        """The language to speak."""
        ...

    def log_verifier(self, folder: Path) -> "LogVerifier":
        """Return the separate verifier."""
        ...

    def pack_checks(self) -> "tuple[PackChecking, Callable[[Path], PackFiles]]":
        """Return what checks audit packs, and what opens one."""
        ...


@click.command("check")
@click.argument("pack", type=click.Path(exists=True, path_type=Path), metavar="PACK")
@click.option(
    "--key",
    "keys",
    multiple=True,
    metavar="VKEY",
    help="信任的日志公钥。 A key of the log to trust.",
)
@JSON
@click.pass_obj
def check(app: ChecksPacks, *, pack: Path, keys: tuple[str, ...], as_json: bool) -> None:
    """Check the audit pack PACK: verify it, then hold sheets and reports to its JSON.

    First the separate verifier (chengnuo-verify) looks at signatures, records and completeness.
    Then every XLSX, PDF, README and list is made anew of the JSON and held to the file, and counts
    are made anew of the leaves; the first cell or line that differs is named. Reads only.

    Exit status: 0 whole and the same, 1 refused or something differs, 2 no pack, 3 not finished,
    4 undecided: it was made by another version.

    Example: chengnuo audit check pack.zip
    """
    report = app.log_verifier(pack).verify_path(pack, keys)
    checked = None
    if report.status == 0:
        checking, opened = app.pack_checks()
        checked = checking.check(opened(pack))
    if as_json:
        click.echo(json_text(_tree(report, checked)))
    else:
        click.echo("\n".join(_lines(report, checked, app.lang)))
    raise SystemExit(_status(report, checked))


def _status(report: "VerifierReport", checked: "PackChecked | None") -> int:
    if checked is None:
        return report.status
    if not checked.tells:
        return _UNDECIDED
    return EXIT_FINDINGS if checked.differ else 0


def _lines(report: "VerifierReport", checked: "PackChecked | None", lang: Lang) -> list[str]:
    lines = [words.in_lang(lang) for _, words in report.messages]
    if checked is None:
        return [*lines, _NOT_LOOKED.in_lang(lang)]
    if not checked.differ:
        return [*lines, _SAME.in_lang(lang).format(compared=checked.compared)]
    if not checked.tells:
        words = {"made": checked.made_by[:200], "program": checked.program}
        lines.append(_OTHER.in_lang(lang).format(**words))
    lines.append(_DIFFERS.in_lang(lang).format(count=len(checked.differ)))
    return [*lines, *(_line(one, lang) for one in checked.differ)]


def _line(one: "Differs", lang: Lang) -> str:
    return f"  {one.file}{one.where and f' {one.where}'}: {one.what.in_lang(lang)}"


def _tree(report: "VerifierReport", checked: "PackChecked | None") -> "Tree":
    return {
        "verified": {
            "status": report.status,
            "messages": [
                {"code": code, "zh": words.zh, "en": words.in_lang(Lang.EN)}
                for code, words in report.messages
            ],
        },
        "compared": None if checked is None else checked.compared,
        "madeBy": None if checked is None else checked.made_by,
        "differ": [
            {
                "file": one.file,
                "where": one.where,
                "zh": one.what.zh,
                "en": one.what.in_lang(Lang.EN),
            }
            for one in (() if checked is None else checked.differ)
        ],
    }
