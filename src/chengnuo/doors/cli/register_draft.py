"""`chengnuo register draft`: a register that loads, from the package of an app or its policy."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.columns import plain
from chengnuo.base.text import Lang, Text
from chengnuo.domain.inspection.draft_decisions import Decision
from chengnuo.domain.register.kinds import HANDLER, KIND_BY_NAME, LISTS, Kind
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import json_text
from chengnuo.doors.cli.inspect_progress import stages
from chengnuo.doors.cli.package_options import FILE
from chengnuo.ports.packages import MEMORY_BYTES, WALL_S
from chengnuo.usecases.inspection.drafting import WrittenDraft

_FILES_SHOWN = 3

_DECIDE = Text("接下来请依次确定：", "Now decide, in this order:")
_THEN = Text(
    "每行的文件开头写着来源与待定事项；改好后运行：",
    "The head of each file says where it comes from and what to decide. Then run:",
)


@click.command("draft")
@click.argument("package", required=False, type=FILE)
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="写入的登记簿文件夹，须为空或尚不存在。 Register folder to write; empty or not there yet.",
)
@click.option(
    "--policy",
    "files",
    type=FILE,
    multiple=True,
    help="应用的隐私政策，用来起草或补充；可以给出几份。 The app's privacy policy, to draft "
    "or to fill in the draft from; repeatable.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def draft(
    app: App, package: Path | None, *, folder: Path, files: tuple[Path, ...], as_json: bool
) -> None:
    """Draft a register from the PACKAGE of an app (APK, XAPK, APKS, APKM, AAB), or its policy.

    Every category, permission and SDK that is seen gets a row; above each stand where it was seen
    and what a person has to decide. What a package cannot tell is marked, never guessed, and
    `chengnuo register check` lists it. Code shows what an app can do, not all that is done.
    --policy fills in purposes, scenes, periods, contacts and dates in the policy's own words, and
    says above each row where they stand: whether they are true is still to be decided. Without a
    PACKAGE each purpose and each third party that the policy tells gets a row.

    Exit status: 0 written, 2 neither given, not the package of an app, or no policy that can be
    read, 3 the folder is not empty, or the package was not inspected to the end; then nothing is
    written.

    Example: chengnuo register draft app.apk -o register
    """
    if package is None and not files:
        raise click.UsageError("Give the PACKAGE of an app, or its --policy.")
    sources = app.policies()
    readings = app.policy_readings()
    said = [readings.read(sources.read(file)) for file in files]
    drafting = app.drafting(memory_bytes=MEMORY_BYTES, wall_s=WALL_S)
    if package is None:
        written = drafting.draft_from_policies(said, folder, lang=app.lang)
    else:
        with stages(package, app.lang) as tell:
            written = drafting.draft(package, folder, lang=app.lang, tell=tell, policies=said)
    if as_json:
        click.echo(json_text(_as_tree(written, app.lang)))
    else:
        click.echo("\n".join(_as_lines(written, folder, app.lang)))


def _as_lines(written: WrittenDraft, folder: Path, lang: Lang) -> Iterable[str]:
    register, place = written.draft.register, plain(str(folder))
    yield (
        f"已起草 {len(written.files)} 个文件：{place}"
        if lang is Lang.ZH
        else f"{len(written.files)} files drafted in {place}"
    )
    for kind in LISTS:
        count = len(getattr(register, kind.plural))
        if count:
            yield f"{count:>6}  {kind.title.in_lang(lang)}"
    yield ""
    yield _DECIDE.in_lang(lang)
    steps = groupby(written.draft.decisions, key=lambda one: one.step)
    for number, (step, found) in enumerate(steps, start=1):
        decisions = tuple(found)
        yield f"{number:>3}. {step.text.in_lang(lang)}: {_files(decisions)}"
        about_all = {one.said.in_lang(lang): one for one in decisions if not one.field}
        yield from (f"     - {said}" for said in about_all)
    yield ""
    yield _THEN.in_lang(lang)
    yield f"  chengnuo register check {place}"


def _files(decisions: tuple[Decision, ...]) -> str:
    """Return the files of the rows; their folder where there are many."""
    by_kind: dict[str, list[str]] = {}
    for row in dict.fromkeys(one.row for one in decisions):
        by_kind.setdefault(row.kind, []).append(row.id)
    return ", ".join(_of_kind(KIND_BY_NAME[kind], ids) for kind, ids in by_kind.items())


def _of_kind(kind: Kind, ids: list[str]) -> str:
    if kind is HANDLER:
        return f"{kind.plural}.yaml"
    if len(ids) > _FILES_SHOWN:
        return f"{kind.plural}/ ({len(ids)})"
    return ", ".join(f"{kind.plural}/{each}.yaml" for each in ids)


def _as_tree(written: WrittenDraft, lang: Lang) -> Tree:
    return {
        "files": [file.as_posix() for file in written.files],
        "decisions": [
            {
                "step": one.step.value,
                "row": str(one.row),
                "fields": list(one.field.split()),
                "said": one.said.in_lang(lang),
            }
            for one in written.draft.decisions
        ],
    }
