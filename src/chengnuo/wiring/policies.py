"""What reads policies: by the words of the law and of the knowledge, and by trained models."""

from chengnuo.adapters.clause_weights import read_clause_model, read_duty_models
from chengnuo.adapters.clock import SystemClock
from chengnuo.domain.inspection.policies.duties import duties_by_model
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
        duties=duties_by_model(read_clause_model(), read_duty_models()),
        today=lambda: civil_date(clock.now()),
    )
