"""`chengnuo board publish`: the pledge board as a folder that proves itself."""

from collections.abc import Mapping
from pathlib import Path

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.digest import sha256_hex
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Lang, Text
from chengnuo.domain.evidence.note import VKey
from chengnuo.domain.finding.board import RowStatus, board_of
from chengnuo.domain.finding.check import facts_of
from chengnuo.domain.finding.public_board import PublicBoard, public_board
from chengnuo.doors.cli.board_app import BoardApp
from chengnuo.doors.cli.evidence_options import (
    DATA,
    JSON,
    SETTINGS,
    advice_if_locked,
    json_text,
)
from chengnuo.ports.accounts import AccountId
from chengnuo.usecases.governance.board_publishing import ATTESTATION, BoardFiles, bound_by_key

_BY = AccountId("cli")
_SERVING = Text(
    "很可能是 chengnuo serve 正在运行。请在它的控制台里公布：承诺板 → 公布。",
    "most likely `chengnuo serve` is running; publish in its console: 承诺板 (Pledge board), then"
    " 公布 (Publish)",
)


_NEVER_RAN = Text(
    "还没有检查的运行记录，所以没有证明；请先运行 chengnuo board run。",
    "no run of a control is on record, so nothing is proved; run `chengnuo board run` first",
)


class BoardSourceError(InvalidInputError):
    """The options name no board, or two."""

    code = "board-source"

    def __init__(self) -> None:
        super().__init__(
            "give `--data` (or `--settings`) for the board with its evidence log, or `--register`"
            " with `--key` for a board of the register alone"
        )


@click.command("publish")
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--register",
    "folder",
    type=click.Path(exists=True, path_type=Path),
    help="只看登记簿文件夹，没有证据日志时用。 Register folder, where there is no evidence log.",
)
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="与 --register 一起：签名私钥（PEM）。 With --register: the private key that signs.",
)
@click.option(
    "--key-name",
    default="chengnuo.board",
    show_default=True,
    help="公钥的名称。 Name of the key.",
)
@DATA
@SETTINGS
@JSON
@click.pass_obj
def publish(  # noqa: PLR0913  one for each option
    app: BoardApp,
    out: Path,
    *,
    folder: Path | None,
    key: Path | None,
    key_name: str,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,
) -> None:
    """Publish the pledge board into OUT: pages, badge, proofs and a signed attestation.

    Every row as it stands, failing ones included, in both languages; no server, no script and no
    network is needed to read it. chengnuo-verify OUT checks it offline, and so does
    OUT/verify.html. With --data the runs of the controls are proved from the evidence log, which
    records the publication as one person's. What is published there already is replaced.

    Exit status: 0 published, 1 published and a row fails, 2 no register, no log, or OUT holds other
    things, 3 not written, or a service writes the log.

    Example: chengnuo board publish out/promises --data ./data
    """
    logged = data is not None or settings_file is not None
    if logged is (folder is not None) or (folder is not None) is not (key is not None):
        raise BoardSourceError
    app.hold_board_place(out)
    if folder is not None and key is not None:
        board = _declared(app, folder)
        files = BoardFiles(pages=app.board_pages(), catalogue=app.catalogue()).of(board)
        signer = app.signer(key)
        made = bound_by_key(board, files, signer, key_name)
        vkey = str(VKey(name=key_name, public_key=signer.public_key))
    else:
        with (
            advice_if_locked(_SERVING, app.lang),
            app.board_tools(data, settings_file) as tools,
        ):
            board, at = tools.attesting.recorded(tools.board())
            files = tools.files.of(board, at)
            made = tools.attesting.bound(board, files, _BY, four_eyes=False)
            vkey = "" if board.log is None else board.log.vkey
    app.put_board(out, made)
    tree = _tree(board, made, vkey)
    if board.log is not None and not _ran(board):
        click.echo(_NEVER_RAN.in_lang(app.lang), err=True)
    click.echo(json_text(tree) if as_json else "\n".join(_lines(board, out, vkey, app.lang)))
    if board.counts()[RowStatus.FAILING]:
        raise SystemExit(1)


def _ran(board: PublicBoard) -> bool:
    return any(one.ran is not None for row in board.rows for one in row.controls)


def _declared(app: BoardApp, folder: Path) -> PublicBoard:
    registers = app.registers()
    register, catalogue = registers.load(folder).register, registers.catalogue
    board = board_of(facts_of(register, catalogue, registers.today()))
    return public_board(board, handler=register.handler.name, law=str(catalogue.version), ran={})


def _lines(board: PublicBoard, out: Path, vkey: str, lang: Lang) -> list[str]:
    counts = board.counts()
    comma = Text("，", ", ").in_lang(lang)
    said = comma.join(f"{one.text.in_lang(lang)} {counts[one]}" for one in RowStatus)
    total = len(board.rows)
    head = Text(f"已公布 {total} 项：{out}/index.html", f"{total} rows published: {out}/index.html")
    how = Text("核验：", "verify: ").in_lang(lang)
    return [head.in_lang(lang), said, f"{how}chengnuo-verify {out} --key '{vkey}'"]


def _tree(board: PublicBoard, files: Mapping[str, bytes], vkey: str) -> Tree:
    return {
        "on": board.on.isoformat(),
        "counts": {status.value: count for status, count in board.counts().items()},
        "rows": len(board.rows),
        "files": len(files),
        "attestation": sha256_hex(files[ATTESTATION]),
        "logSize": None if board.log is None else board.log.size,
        "vkey": vkey,
    }
