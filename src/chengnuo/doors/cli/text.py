"""`chengnuo text …`: find personal information in text, and mask it."""

import json
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from chengnuo.base.text import Lang, Text
from chengnuo.domain.observation.text_knowledge import TextKnowledge
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import FORCE, JSON, hold_free
from chengnuo.doors.cli.text_options import DEEP, FILE, KEY, OUT, VAULT, place_of, secret_in, write
from chengnuo.doors.cli.text_vault import forget, unmask
from chengnuo.engines.text.kinds import Evidence, Kind
from chengnuo.engines.text.masking import Mask
from chengnuo.law.catalogue import Catalogue
from chengnuo.usecases.mask_vaults import MaskVaults
from chengnuo.usecases.texts import Found, MaskStyle, Texts

if TYPE_CHECKING:
    from chengnuo.base.canonical import Tree

EXIT_FOUND: Final = 1
_EVIDENCE: Final = {
    Evidence.CHECKSUM: Text("校验位正确", "check digit"),
    Evidence.KEY: Text("旁边的字段名或提示词", "named beside"),
    Evidence.FORMAT: Text("格式独特", "form"),
    Evidence.CONTEXT: Text("上下文", "words around"),
    Evidence.MODEL: Text("模型判断", "model"),
}
_SENSITIVE: Final = Text("敏感", "sensitive")
_NONE: Final = Text("没有找到个人信息。", "no personal information was found")
_SUM: Final = Text("共 {0} 处：{1}", "{0} found: {1}")
_MASKED: Final = Text("已脱敏 {0} 处：{1}", "{0} masked: {1}")
_NAMES_ONLY: Final = Text(
    "--vault 保管的是 named 方式的原值，不能与其他 --style 同用",
    "--vault keeps the values behind names; it goes with no other --style",
)
_FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True)
)


@click.group()
def text() -> None:
    """查找和遮盖文本中的个人信息。 Find personal information in text, and mask it."""


@text.command("find")
@_FILES
@DEEP
@click.option(
    "--sensitive",
    multiple=True,
    type=click.Choice([kind.name.lower() for kind in Kind]),
    metavar="KIND",
    help="这一种类也按敏感个人信息对待，可重复。 Treat this kind as sensitive, too; may repeat.",
)
@JSON
@click.pass_obj
def find(
    app: App, files: tuple[Path, ...], *, deep: bool, sensitive: tuple[str, ...], as_json: bool
) -> None:
    """Find personal information in FILES; `-` is standard input.

    Every value found is one line: file, line and column, what it is, what speaks for it, and the
    value masked; the value itself is never printed. With --json each is one JSON object. A value
    that is masked already is none. What the law and GB/T 45574 call sensitive is said to be so.
    --deep asks a model of words about persons and places, too (extra `ner`), at some 0.1 MB a
    second. Exit status: 0 if nothing was found, 1 if something was.

    Example: chengnuo text find app.log
    """
    texts, counts = app.texts(deep=deep), Counter[Kind]()
    also = frozenset(Kind[name.upper()] for name in sensitive)
    said = _Said(texts.knowledge, app.catalogue(), app.lang, also)
    for file in files:
        for found in texts.found(app.text_source().pieces(place_of(file))):
            counts[found.kind] += 1
            click.echo(said.as_json(file, found) if as_json else said.as_line(file, found))
    if not as_json:
        click.echo(said.counted(counts, _SUM), err=True)
    if counts:
        raise SystemExit(EXIT_FOUND)


@text.command("mask")
@FILE
@click.option(
    "--style",
    type=click.Choice([style.value for style in MaskStyle]),
    default=MaskStyle.PARTLY.value,
    show_default=True,
    help="partly 保留首尾；wholly 只留种类；named 同值同名；made-up 同形虚构值。"
    " Ends stay; only the kind stays; a name under a key; a made-up value of the same form.",
)
@KEY
@VAULT
@DEEP
@OUT
@FORCE
@click.option("--json", "as_json", is_flag=True, help="Print the counts as one JSON object.")
@click.pass_obj
def mask(  # noqa: PLR0913  one for each option
    app: App,
    file: Path,
    style: str,
    *,
    key: Path | None,
    vault: Path | None,
    deep: bool,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Write FILE with the personal information in it masked; `-` is standard input.

    How many values were masked is told on standard error, by kind. A name under a key is the same
    for the same value. A made-up telephone number may be somebody's: never call it. With --vault
    the values behind the names are kept, sealed, so that `text unmask` can restore the text.

    Example: chengnuo text mask app.log -o app.masked.log
    """
    if vault is not None and style in {MaskStyle.WHOLLY, MaskStyle.MADE_UP}:
        raise click.UsageError(_NAMES_ONLY.in_lang(app.lang))
    texts, counts = app.texts(deep=deep), Counter[Kind]()
    hold_free(out, force=force)
    pieces = app.text_source().pieces(place_of(file))
    if vault is None:
        write(texts.masked(pieces, _mask(texts, MaskStyle(style), key, app.lang), counts), out)
    else:
        secret = secret_in(key, MaskStyle.NAMED)
        with closing(app.mask_vault(vault, secret)) as opened:
            write(MaskVaults(texts, opened, secret).masked(pieces, counts), out)
    said = _Said(texts.knowledge, app.catalogue(), app.lang)
    told = said.counted_as_json(counts) if as_json else said.counted(counts, _MASKED)
    click.echo(told, err=True)


def _mask(texts: Texts, style: MaskStyle, key: Path | None, lang: Lang) -> Mask:
    return texts.mask(style, key=secret_in(key, style) if style.is_keyed else b"", lang=lang)


@dataclass(frozen=True, slots=True)
class _Said:
    """How findings are told."""

    knowledge: TextKnowledge
    law: Catalogue
    lang: Lang
    also_sensitive: frozenset[Kind] = frozenset()

    def as_line(self, file: Path, found: Found) -> str:
        said = [
            f"{file}:{found.line}:{found.column}",
            self._title(found.kind),
            found.shown,
            _EVIDENCE[found.evidence].in_lang(self.lang),
        ]
        if self._is_sensitive(found.kind):
            said.append(_SENSITIVE.in_lang(self.lang))
        return "  ".join(said)

    def as_json(self, file: Path, found: Found) -> str:
        tree: dict[str, Tree] = {
            "file": str(file),
            "line": found.line,
            "column": found.column,
            "length": found.length,
            "kind": found.kind.name.lower(),
            "category": self.knowledge.of(found.kind).category,
            "sensitive": self._is_sensitive(found.kind),
            "evidence": found.evidence.name.lower(),
            "shown": found.shown,
        }
        return json.dumps(tree, ensure_ascii=False)

    def counted(self, counts: Counter[Kind], words: Text) -> str:
        if not counts:
            return _NONE.in_lang(self.lang)
        each = [f"{self._title(kind)} {count}" for kind, count in counts.most_common()]
        joined = ("、" if self.lang is Lang.ZH else ", ").join(each)
        return words.in_lang(self.lang).format(counts.total(), joined)

    @staticmethod
    def counted_as_json(counts: Counter[Kind]) -> str:
        return json.dumps({"masked": {kind.name.lower(): n for kind, n in sorted(counts.items())}})

    def _title(self, kind: Kind) -> str:
        return self.knowledge.of(kind).title.in_lang(self.lang)

    def _is_sensitive(self, kind: Kind) -> bool:
        return self.knowledge.is_sensitive(kind, self.law, self.also_sensitive)


text.add_command(unmask)
text.add_command(forget)
