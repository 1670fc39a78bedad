"""For every rule about models and decision rules: what to change."""

from collections.abc import Mapping

from tests.domain.finding.changing import Change, added, one

from chengnuo.domain.register.ids import ActivityId
from chengnuo.law.ids import CategoryId

CREDIT = "model credit-rules"
PICKS = "model pick-ranking"

MODELS: Mapping[str, tuple[Change, ...]] = {
    "automated-without-model": one(PICKS, "", None),
    "model-for-no-automated-decision": one(PICKS, "activities", added(ActivityId("winners"))),
    "model-major-effect-differs": one(PICKS, "major_effect", True),
    "model-input-not-handled": one(CREDIT, "inputs[0].category", CategoryId("PI-BASIC-BIRTH")),
    "model-input-not-a-factor": one("activity pay-later", "automated.personal_factors", ()),
    "model-alone-without-review": one(CREDIT, "human_review", None),
    "model-without-explanation": one(PICKS, "explanation", None),
    "model-without-objection": one(CREDIT, "objection", None),
    "model-name-twice": one(CREDIT, "outcomes[1].outcome", "chosen"),
}
