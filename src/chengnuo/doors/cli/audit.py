"""`chengnuo audit`: the working papers of a compliance audit as one file; packs beside."""

from pathlib import Path

import click

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Lang, Text
from chengnuo.domain.dossier.audit_conclusions import OPEN_TEXT, RESULTS
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.sorts.audit import AUDIT
from chengnuo.domain.governance.audit_document import audit_document
from chengnuo.domain.governance.audit_papers import AuditPapers, Bearing, ItemPaper
from chengnuo.domain.governance.audit_papers_json import papers_tree
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.audit_check import check
from chengnuo.doors.cli.audit_pack import pack
from chengnuo.doors.cli.evidence_options import (
    DATA,
    FORCE,
    JSON,
    SETTINGS,
    hold_free,
    json_text,
    write_out,
)
from chengnuo.doors.cli.root import EXIT_FINDINGS
from chengnuo.ports.dossiers import NoSuchDossierError
from chengnuo.ports.evidence_log import Position
from chengnuo.usecases.governance.duty_tools import BY_COMMAND, DutyTools

_FORMATS = ("xlsx", "pdf", "json", "html", "md")
_RESULTS = {one.value: one.text for one in RESULTS} | {"open": OPEN_TEXT}


class PapersFormatError(InvalidInputError):
    """The file for working papers has an ending that no format has."""

    code = "papers-format"

    def __init__(self, name: str) -> None:
        expected = ", ".join(f"`.{one}`" for one in _FORMATS)
        super().__init__(f"`{name[:60]}` is no file for working papers; expected one of {expected}")
        self.expected = expected


@click.group()
def audit() -> None:
    """合规审计底稿和审计包。 Working papers and packs of compliance audits."""


audit.add_command(pack)
audit.add_command(check)


@audit.command("papers")
@click.argument("audit_id", metavar="[AUDIT]", required=False)
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="写入的文件：.xlsx、.pdf、.json、.html 或 .md。 File; its ending is the format.",
)
@click.option(
    "--proof",
    type=click.Path(dir_okay=False, path_type=Path),
    help="另存结论记录的证明，可用 chengnuo-verify 核对。 Proof of the acts, for chengnuo-verify.",
)
@FORCE
@DATA
@SETTINGS
@JSON
@click.pass_obj
def papers(  # noqa: PLR0913  one for each option
    app: App,
    *,
    audit_id: str | None,
    out: Path | None,
    proof: Path | None,
    force: bool,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Write the working papers of AUDIT, or of the open audit that is due first.

    Item by item: what is looked at, what register, controls, findings, dossiers and log answer by
    themselves, what people concluded, samples, remedies. It looks beside a running service, and
    changes nothing. The same state gives the same bytes.

    Exit status: 0 every item conforms or does not apply, 1 an item is open or does not conform,
    2 there is no such audit, no register or no log.

    Example: chengnuo audit papers --data ./data -o papers.xlsx
    """
    form = None if out is None else _form(out)
    hold_free(out, force=force)
    hold_free(proof, force=force)
    with app.duties(data, settings_file, writing=False) as tools:
        drawn = tools.auditing.papers(_wanted(tools, audit_id), BY_COMMAND)
        if out is not None and form is not None:
            document = audit_document(drawn, app.catalogue())
            write_out(out, tools.writers[form].write(document, app.lang), force=force)
        if proof is not None:
            at = [Position(act.position) for act in drawn.audit.acts if act.position is not None]
            found = tools.prover.inclusion(at, disclose=True)
            write_out(proof, f"{json_text(found.as_tree())}\n".encode(), force=force)
    click.echo(json_text(papers_tree(drawn)) if as_json else "\n".join(_lines(drawn, app.lang)))
    counts = drawn.counts()
    if counts["open"] or counts["partly"] or counts["does-not"]:
        raise SystemExit(EXIT_FINDINGS)


def _form(out: Path) -> str:
    suffix = out.suffix.lower().lstrip(".")
    if suffix not in _FORMATS:
        raise PapersFormatError(out.name)
    return "markdown" if suffix == "md" else suffix


def _wanted(tools: DutyTools, given: str | None) -> DossierId:
    if given is not None:
        return DossierId(given)
    due = tools.desk.queue(BY_COMMAND, [AUDIT.id], limit=1)
    if not due:
        raise NoSuchDossierError
    return due[0].dossier.id


def _lines(drawn: AuditPapers, lang: Lang) -> list[str]:
    counts = drawn.counts()
    summary = (
        Text("，", ", ")
        .in_lang(lang)
        .join(f"{text.in_lang(lang)} {counts[name]}" for name, text in _RESULTS.items())
    )
    head = f"{drawn.audit.id} · {drawn.audit.value('title')} · {drawn.state.in_lang(lang)}"
    rows = [
        f"{one.result.in_lang(lang)}  {one.name.in_lang(lang)}{_beside(one, lang)}"
        for one in drawn.items
    ]
    small = [] if drawn.small is None else [drawn.small.in_lang(lang)]
    return [head, summary, *rows, *small]


def _beside(one: ItemPaper, lang: Lang) -> str:
    against = sum(answer.bearing is Bearing.AGAINST for answer in one.answers)
    if not against:
        return ""
    return Text(f"（{against} 项自动证据相反）", f" ({against} speak against it)").in_lang(lang)
