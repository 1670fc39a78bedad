"""`chengnuo law …`: look up duties, categories, app types, deadlines and terms."""

import json
from collections.abc import Sequence

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.law_text import entry_as_text, entry_as_tree, row_as_text
from chengnuo.law.catalogue import Catalogue, UnknownLawError
from chengnuo.law.lookup import entries_of, find, set_names, set_title

EXIT_WRONG_INPUT = 2

LANG = click.option(
    "--lang",
    type=click.Choice([lang.value for lang in Lang]),
    help="输出语言。 Language of what is printed.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group()
def law() -> None:
    """查阅法律义务、个人信息种类与期限。 Look up duties, categories and figures."""


@law.command("show")
@click.argument("entry_id", metavar="ID")
@LANG
@JSON
@click.pass_obj
def show(app: App, entry_id: str, lang: str | None, *, as_json: bool) -> None:
    """Show what the catalogue holds under ID.

    ID names a duty or a part of one, a category, an app type, a deadline or threshold, or a
    term. Summaries are our own (摘要), not the words of the law; what was not checked against
    the text is labelled practice. Exit status: 0, or 2 if nothing has this id.

    Example: chengnuo law show PIPL-14
    """
    spoken = Lang(lang) if lang else app.lang
    catalogue = app.catalogue()
    try:
        entry = find(catalogue, entry_id)
    except UnknownLawError as error:
        raise SystemExit(_refuse(error, spoken, as_json=as_json)) from error
    if as_json:
        _print(catalogue, entry_as_tree(entry, catalogue))
    else:
        click.echo(entry_as_text(entry, catalogue, spoken))
        click.echo(_version_line(catalogue, spoken))


@law.command("list")
@click.option("--set", "set_name", metavar="NAME", help="Which set; without it, the sets.")
@LANG
@JSON
@click.pass_obj
def list_(app: App, set_name: str | None, lang: str | None, *, as_json: bool) -> None:
    """List the sets of the catalogue, or what one set holds.

    Exit status: 0, or 2 if there is no such set.

    Example: chengnuo law list --set pledge
    """
    spoken = Lang(lang) if lang else app.lang
    catalogue = app.catalogue()
    if set_name is None:
        _list_sets(catalogue, spoken, as_json=as_json)
        return
    try:
        entries = entries_of(catalogue, set_name)
    except UnknownLawError as error:
        raise SystemExit(_refuse(error, spoken, as_json=as_json)) from error
    if as_json:
        items = [entry_as_tree(entry, catalogue) for entry in entries]
        _print(catalogue, {"set": set_name, "items": items})
    else:
        rows = [(str(entry.id), row_as_text(entry, spoken)) for entry in entries]
        _print_rows(rows, catalogue, spoken)


def _list_sets(catalogue: Catalogue, lang: Lang, *, as_json: bool) -> None:
    counts = {name: len(entries_of(catalogue, name)) for name in set_names(catalogue)}
    titles = {name: set_title(catalogue, name) for name in counts}
    if as_json:
        sets: list[Tree] = [
            {"set": name, "title": {"zh": title.zh, "en": title.en}, "count": counts[name]}
            for name, title in titles.items()
        ]
        _print(catalogue, {"sets": sets})
        return
    rows = [(name, f"{counts[name]:>3}  {titles[name].in_lang(lang)}") for name in counts]
    _print_rows(rows, catalogue, lang)


def _print(catalogue: Catalogue, tree: dict[str, Tree]) -> None:
    whole: dict[str, Tree] = {"law_version": str(catalogue.version), **tree}
    click.echo(json.dumps(whole, ensure_ascii=False, indent=2))


def _print_rows(rows: Sequence[tuple[str, str]], catalogue: Catalogue, lang: Lang) -> None:
    width = max((len(name) for name, _ in rows), default=0)
    for name, said in rows:
        click.echo(f"{name:<{width}}  {said}")
    click.echo(_version_line(catalogue, lang))


def _version_line(catalogue: Catalogue, lang: Lang) -> str:
    name = Text("\n法规目录", "\nlaw catalogue").in_lang(lang)
    return f"{name} {catalogue.version}"


def _refuse(error: UnknownLawError, lang: Lang, *, as_json: bool) -> int:
    """Say on stderr what was not found and what looks like it; return the exit status."""
    if as_json:
        tree = {"error": error.code, "message": str(error), "near": list(error.near)}
        click.echo(json.dumps(tree, ensure_ascii=False, indent=2), err=True)
        return EXIT_WRONG_INPUT
    near = "、".join(error.near) if lang is Lang.ZH else ", ".join(error.near)
    said = Text(f"法规目录中没有 `{error.given}`", f"`{error.given}` is not in the law catalogue")
    hint = Text(f"。相近：{near}", f"; near: {near}") if near else Text("", "")
    click.echo(said.in_lang(lang) + hint.in_lang(lang), err=True)
    return EXIT_WRONG_INPUT
