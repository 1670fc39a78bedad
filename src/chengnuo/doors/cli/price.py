"""`chengnuo price …`: whether prices and other terms depend on the person."""

import click

from chengnuo.doors.cli.price_audit import audit
from chengnuo.doors.cli.price_explain import explain
from chengnuo.doors.cli.price_probe import probe, recheck
from chengnuo.doors.cli.price_proof import proof
from chengnuo.doors.cli.price_simulate import simulate


@click.group()
def price() -> None:
    """检验价格等交易条件是否因人而异。 Are prices and other terms the same for everybody?"""


price.add_command(audit)
price.add_command(explain)
price.add_command(probe)
price.add_command(recheck)
price.add_command(proof)
price.add_command(simulate)
