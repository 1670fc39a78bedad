"""How individuals come in, joined for the service."""

from chengnuo.doors.web.outside import Outside
from chengnuo.usecases.guardian_handover import GuardianHandover
from chengnuo.usecases.individual_entry import IndividualEntry


def entry_of(outside: Outside) -> IndividualEntry | None:
    """Return how individuals come in; None while no token issuer is set."""
    if outside.token_reader is None:
        return None
    return IndividualEntry(
        reader=outside.token_reader,
        store=outside.individuals,
        tokens=outside.tokens,
        clock=outside.clock,
        arrived=outside.consents.arrived,
    )


def handover_of(outside: Outside) -> GuardianHandover | None:
    """Return how a child hands a decision over; None while no token issuer is set."""
    if outside.token_reader is None:
        return None
    return GuardianHandover(
        store=outside.individuals,
        tokens=outside.tokens,
        clock=outside.clock,
        consents=outside.consents,
        recorder=outside.evidence.recorder,
    )
