"""What the commands on text are given, and how they write one."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import click

from chengnuo.base.errors import InvalidInputError
from chengnuo.engines.text.masking import SHORTEST_KEY_BYTES
from chengnuo.usecases.texts import MaskStyle

_STDIN: Final = "-"
FILE = click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
KEY = click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="密钥文件，至少 16 字节。 Key file of at least 16 bytes, for named and made-up.",
)
VAULT = click.option(
    "--vault",
    type=click.Path(dir_okay=False, path_type=Path),
    help="保管原值的文件，需要 --key。 File that keeps the values, sealed; takes --key.",
)
DEEP = click.option(
    "--deep",
    is_flag=True,
    help="再用分词模型查找姓名和地址，需要附加组件 ner。"
    " Ask a model of words, too; takes the extra `ner`.",
)
OUT = click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="写入的文件；不写则输出。 File to write; else standard output.",
)


class MaskKeyError(InvalidInputError):
    """A mask takes a key, and none or a short one is given."""

    code = "mask-key"

    def __init__(self, style: MaskStyle) -> None:
        super().__init__(
            f"`--style {style}` takes `--key FILE` of {SHORTEST_KEY_BYTES} bytes or more"
        )


def secret_in(key: Path | None, style: MaskStyle) -> bytes:
    """Return what a key file holds.

    Raises:
        MaskKeyError: There is none, or it is too short.

    """
    secret = b"" if key is None else key.read_bytes()
    if len(secret) < SHORTEST_KEY_BYTES:
        raise MaskKeyError(style)
    return secret


def place_of(file: Path) -> Path | None:
    """Return the file, or `None` for standard input."""
    return None if str(file) == _STDIN else file


def write(pieces: Iterable[str], out: Path | None) -> None:
    """Write a text to standard output, or to a file that is there only when it is whole."""
    if out is None:
        for piece in pieces:
            click.echo(piece, nl=False)
        return
    beside = out.with_name(f".{out.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as opened:
            opened.writelines(pieces)
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
