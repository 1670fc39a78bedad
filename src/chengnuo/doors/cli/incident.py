"""`chengnuo incident …`: people affected, letters, and the list of whom to tell."""

from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.sorts.incident_choices import GRADES
from chengnuo.domain.incident.affected import Affected, Source
from chengnuo.domain.incident.grading import least_grade
from chengnuo.domain.incident.letters import LetterIncompleteError, LetterKind
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import (
    DATA,
    FORCE,
    JSON,
    SETTINGS,
    advice_if_locked,
    hold_free,
    json_text,
    write_out,
)
from chengnuo.doors.cli.root import EXIT_UNDECIDED
from chengnuo.law.age import AgeBand
from chengnuo.law.catalogue import Catalogue
from chengnuo.usecases.evidence.desk import checked_reason
from chengnuo.usecases.incident.counting import method_lines
from chengnuo.usecases.incident.letter_desk import FORMATS

_CONSOLE = Text(
    "很可能是 chengnuo serve 正在运行。同样的操作在控制台“安全事件”页。",
    "most likely `chengnuo serve` is running; its console has the same on the incident's page",
)
_DOSSIER = click.argument("dossier", metavar="INCIDENT")
_GRADES = {one.value: one.text for one in GRADES}


@click.group()
def incident() -> None:
    """安全事件：受影响的人、信函、通知名单。 Incidents: people, letters, whom to tell."""


@incident.command("affected")
@_DOSSIER
@DATA
@SETTINGS
@JSON
@click.pass_obj
def affected(
    app: App, *, dossier: str, data: Path | None, settings_file: Path | None, as_json: bool
) -> None:
    """Count whom INCIDENT concerns, by its scope: from stores, the log and the register.

    Say the scope first, on its page or over the API (act `set-scope`). What is counted becomes an
    act of the incident, with where each figure is from and the hash of the list of pseudonyms,
    which is kept sealed. No account id is printed or kept.

    Exit status: 0 counted, 2 no such incident or no scope, 3 not finished, 4 counted, and nobody
    can say how many there are at most.

    Example: chengnuo incident affected in-4h7kq2m9xw --data ./data
    """
    with (
        advice_if_locked(_CONSOLE, app.lang),
        app.incidents(data, settings_file, writing=True) as room,
    ):
        found = room.affected.count(DossierId(dossier), by="cli").affected
    if as_json:
        click.echo(json_text(_tree(found, app.catalogue())))
    else:
        click.echo("\n".join(_lines(found, app.catalogue(), app.lang)))
    raise SystemExit(EXIT_UNDECIDED if found.at_most is None else 0)


@incident.command("letter")
@_DOSSIER
@click.option(
    "--to",
    "kind",
    type=click.Choice([one.value for one in LetterKind]),
    required=True,
    help="写给谁。 To whom.",
)
@click.option(
    "--format",
    "file_format",
    type=click.Choice(FORMATS),
    default=FORMATS[0],
    show_default=True,
    help="格式。 Format.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="写入的文件。 File to write.",
)
@FORCE
@DATA
@SETTINGS
@JSON
@click.pass_obj
def letter(  # noqa: PLR0913  one for each option
    app: App,
    *,
    dossier: str,
    kind: str,
    file_format: str,
    out: Path,
    force: bool,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Make a letter of INCIDENT in the language of --lang, and record its hash in it.

    While an item that the law wants in it is empty (PIPL Art. 57) there is none, and it is said
    which. It is a draft to be read; that it was sent is entered on the incident's page.

    Exit status: 0 made, 2 something is missing, 3 not finished.

    Example: chengnuo incident letter in-4h7kq2m9xw --to people --format pdf -o notice.pdf
    """
    hold_free(out, force=force)
    with (
        advice_if_locked(_CONSOLE, app.lang),
        app.incidents(data, settings_file, writing=True) as room,
    ):
        try:
            made = room.letters.make(
                DossierId(dossier), LetterKind(kind), app.lang, file_format, by="cli"
            )
        except LetterIncompleteError as error:
            if app.lang is Lang.ZH:
                error.add_note("还缺：" + "、".join(one.zh for one in error.missing))
            raise
    write_out(out, made.data, force=force)
    if as_json:
        click.echo(json_text({"file": str(out), "sha256": made.sha256}))
    else:
        click.echo(f"{out} · SHA-256 {made.sha256}")


@incident.command("people")
@_DOSSIER
@click.option(
    "--among",
    type=click.File("r", encoding="utf-8", lazy=True),
    help="账户标识，每行一个（- 为标准输入）；只输出其中受影响的。 Account ids, a line each; those"
    " concerned are printed.",
)
@click.option(
    "--reason", required=True, metavar="TEXT", help="为什么取用；先记录。 Why; recorded first."
)
@DATA
@SETTINGS
@JSON
@click.pass_obj
def people(  # noqa: PLR0913  one for each option
    app: App,
    *,
    dossier: str,
    among: TextIO | None,
    reason: str,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Print whom INCIDENT concerns, to tell them: pseudonyms, or accounts of a list of yours.

    Chengnuo keeps no account ids: with --among it tells which of yours are concerned. That the list
    is handed out is recorded first. A drill hands none out.

    Exit status: 0 printed, 2 nobody was counted yet, or it is a drill, 3 not finished.

    Example: chengnuo incident people in-4h7kq2m9xw --among accounts.txt --reason "PIPL 57"
    """
    why = checked_reason(reason)
    given = [] if among is None else [line.strip() for line in among if line.strip()]
    with (
        advice_if_locked(_CONSOLE, app.lang),
        app.incidents(data, settings_file, writing=True) as room,
    ):
        found = room.people(DossierId(dossier), by="cli", reason=why)
        if among is not None:
            wanted = frozenset(found)
            found = tuple(one for one in given if room.affected.person(one) in wanted)
    if as_json:
        click.echo(json_text({"count": len(found), "people": list(found)}))
    else:
        click.echo("".join(f"{one}\n" for one in found), nl=False)


def _lines(found: Affected, catalogue: Catalogue, lang: Lang) -> Iterator[str]:
    most = "?" if found.at_most is None else found.at_most
    yield Text(
        f"受影响的人：至少 {found.at_least}，至多 {most}",
        f"people affected: at least {found.at_least}, at most {most}",
    ).in_lang(lang)
    bands = " · ".join(f"{band.text.in_lang(lang)} {found.bands[band]}" for band in AgeBand)
    yield bands
    if found.sensitive:
        yield Text("含敏感个人信息", "sensitive information is among it").in_lang(lang)
    grade, figure = least_grade(found.at_least, catalogue)
    if figure is not None:
        cited = catalogue.figure_citation(figure, lang)
        name = _GRADES[grade].in_lang(lang)
        yield Text(
            f"仅按人数至少为“{name}”（{cited}）", f"by people alone at least `{name}` ({cited})"
        ).in_lang(lang)
    yield from method_lines(found, lang)


def _tree(found: Affected, catalogue: Catalogue) -> Tree:
    grade, figure = least_grade(found.at_least, catalogue)
    return {
        "atLeast": found.at_least,
        "atMost": found.at_most,
        "bands": {band.value: found.bands[band] for band in AgeBand},
        "sensitive": found.sensitive,
        "categories": list(found.categories),
        "leastGrade": grade,
        "byFigure": figure,
        "found": [
            {
                "source": one.source.value,
                "where": one.where,
                "count": None if one.source is Source.UNSEEN else len(one.people) or one.count,
                "why": None if one.why is None else {"zh": one.why.zh, "en": one.why.en},
            }
            for one in found.found
        ],
        "cannot": [{"zh": one.zh, "en": one.en} for one in found.cannot],
    }
