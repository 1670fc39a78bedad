"""`chengnuo release vet`: what a kit declares against what its code can do, before it gets in."""

from datetime import datetime
from pathlib import Path

import click

from chengnuo.domain.register.ids import RecipientId
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.evidence_options import json_text
from chengnuo.doors.cli.inspect_forms import Form
from chengnuo.doors.cli.inspect_progress import stages
from chengnuo.doors.cli.kit_text import kit_as_text, kit_as_tree
from chengnuo.doors.cli.package_options import ON
from chengnuo.doors.cli.release_text import STATUS
from chengnuo.ports.packages import MEMORY_BYTES, WALL_S
from chengnuo.usecases.governance.vetting import checked_kit


@click.command("vet")
@click.argument("kit", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--register",
    "folder",
    type=click.Path(exists=True, path_type=Path),
    required=True,
    help="与之对照的登记簿文件夹。 Folder of the register to hold the kit against.",
)
@click.option(
    "--recipient",
    metavar="ID",
    help="登记簿中的接收方；省略则按 SDK 匹配。 Recipient in the register; else found by the SDK.",
)
@ON
@click.option(
    "--format",
    "form",
    type=click.Choice([Form.TEXT.value, Form.JSON.value]),
    default=Form.TEXT.value,
    show_default=True,
    help="输出格式。 Format of what is printed.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object (--format json).")
@click.pass_obj
def vet(  # noqa: PLR0913  one for each option
    app: App,
    kit: Path,
    *,
    folder: Path,
    recipient: str | None,
    on: datetime | None,
    form: str,
    as_json: bool,
) -> None:
    """Hold the AAR or JAR of an SDK to its recipient in the register.

    What the register declares for the recipient stands beside what code in KIT can read, the
    permissions that it adds to an app, and the hosts abroad that it names. Reads only; the decision
    is a person's: in the console, or as `vetting` of the recipient.

    Exit status: 0 nothing beyond what is declared, 1 something undeclared, or a high or critical
    finding about the kit, 2 not a kit, or its recipient cannot be told, 3 not finished, or a part
    cannot be read, 4 packed, so that its own code was not seen.

    Example: chengnuo release vet kit.aar --register examples/shop/register
    """
    day = on.date() if on else None
    register = app.registers().load(folder, on=day).register
    inspections = app.inspections(memory_bytes=MEMORY_BYTES, wall_s=WALL_S)
    with stages(kit, app.lang) as tell:
        inspection = inspections.inspect(kit, tell)
    wanted = None if recipient is None else RecipientId(recipient)
    checked = checked_kit(inspections, inspection, register, wanted, on=day)
    if as_json or form == Form.JSON:
        click.echo(json_text(kit_as_tree(checked)))
    else:
        click.echo(kit_as_text(checked, inspections.words, app.lang))
    raise SystemExit(STATUS[checked.verdict])
