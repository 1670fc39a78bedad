"""`chengnuo price explain`: why one quote cost what it did."""

from pathlib import Path

import click
import msgspec

from chengnuo.base.columns import plain
from chengnuo.domain.pricing.audit_reading import read_whole_audit
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.audit_file import audit_bytes
from chengnuo.doors.cli.evidence_options import JSON
from chengnuo.doors.cli.price_options import THREADS, memory_option
from chengnuo.doors.price_telling import told_body
from chengnuo.doors.price_text import told_lines

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_ANY_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("explain")
@click.argument("spec_file", metavar="SPEC", type=_FILE)
@click.argument("quote", metavar="QUOTE")
@click.argument("logs", metavar="LOGS...", nargs=-1, required=True)
@click.option(
    "--audit",
    "audit_file",
    type=_ANY_FILE,
    help="price audit 写出的 .json；附上它对各类个人特征的结论。"
    " What `price audit -o` wrote as .json; adds what it says of each family of attributes.",
)
@memory_option(least=128, default=400)
@THREADS
@JSON
@click.pass_obj
def explain(  # noqa: PLR0913  one for each option
    app: App,
    spec_file: Path,
    quote: str,
    logs: tuple[str, ...],
    *,
    audit_file: Path | None,
    memory: int,
    threads: int,
    as_json: bool,
) -> None:
    """Say why QUOTE in LOGS cost what it did: from the item's usual price to what was paid.

    The steps are time and place, declared factors, what published rules took off, and what no rule
    explains. They are taken from the item's quotes in the fifteen days before and after; nothing of
    anybody's profile is read. Others show only as a range and a rank, and only where five other
    persons and more were quoted in the same conditions.

    Exit status: 0 it is explained; 2 there is no such quote or several, it lacks something, too few
    others were quoted the item, or SPEC or LOGS are wrong; 3 it could not finish.

    Example: chengnuo price explain examples/shop/prices.toml q-1207 'quotes/*.parquet'
    """
    audit = None if audit_file is None else read_whole_audit(audit_bytes(audit_file))
    explainer = app.price_explainer(memory_bytes=memory << 20, threads=threads)
    told = explainer.explain(spec_file, logs, quote, audit)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(told_body(told))).decode())
        return
    click.echo("\n".join(plain(line) for line in told_lines(told, app.lang)))
