"""What reads policies: by the words of the law and of the knowledge."""

from chengnuo.adapters.clause_weights import read_clause_model, read_duty_models
from chengnuo.adapters.clock import SystemClock
from chengnuo.domain.inspection.policies.duties import (
    DutiesOf,
    duties_by_model,
    duties_by_words,
)
from chengnuo.domain.inspection.policies.lexicon import lexicon_of
from chengnuo.law.civil import civil_date
from chengnuo.usecases.inspection.policies import Policies
from chengnuo.wiring.knowledge import inspection_knowledge, law_catalogue


def policies() -> Policies:
    """Return the use cases on policies."""
    law, knowledge, clock = law_catalogue(), inspection_knowledge(), SystemClock()
    return Policies(
        lexicon=lexicon_of(knowledge, law),
        law=law,
        knowledge=knowledge,
        duties=_duties(),
        today=lambda: civil_date(clock.now()),
    )


def _duties() -> DutiesOf:
    """Return what tells what a policy says: the models, or words where no weights are there."""
    try:
        models = read_duty_models()
        return duties_by_model(read_clause_model(), models)
    except FileNotFoundError:
        return duties_by_words
