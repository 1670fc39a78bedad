"""`chengnuo evidence …`: make, look at, check, prove from and hand out the evidence log."""

import click

from chengnuo.doors.cli.evidence_check import check
from chengnuo.doors.cli.evidence_files import export, receipt
from chengnuo.doors.cli.evidence_keeping import init, rotate, witness
from chengnuo.doors.cli.evidence_no_fault import no_fault
from chengnuo.doors.cli.evidence_prove import absence, prove
from chengnuo.doors.cli.evidence_shards import shards
from chengnuo.doors.cli.evidence_status import status
from chengnuo.doors.cli.evidence_trace import trace


@click.group()
def evidence() -> None:
    """建立、查看、检查存证日志，并据以证明。 Make, check and prove from the evidence log."""


for command in (
    init,
    status,
    check,
    prove,
    absence,
    trace,
    no_fault,
    receipt,
    export,
    witness,
    shards,
    rotate,
):
    evidence.add_command(command)
