"""What is less than verified is never put forward as law."""

import itertools

import pytest

from chengnuo.law.standing import Confidence, Force, Standing, Status, standing_of

EVERY = list(itertools.product(Force, Status, Confidence))


@pytest.mark.parametrize(
    ("force", "status", "confidence", "expected"),
    [
        (Force.LAW, Status.IN_FORCE, Confidence.VERIFIED, Standing.LAW),
        (Force.NORMATIVE_DOCUMENT, Status.IN_FORCE, Confidence.VERIFIED, Standing.LAW),
        (Force.LAW, Status.IN_FORCE, Confidence.PARTLY_VERIFIED, Standing.PRACTICE),
        (Force.STANDARD, Status.IN_FORCE, Confidence.VERIFIED, Standing.STANDARD),
        (Force.STANDARD, Status.IN_FORCE, Confidence.MEMORY, Standing.PRACTICE),
        (Force.SELF_REGULATION, Status.IN_FORCE, Confidence.VERIFIED, Standing.PLEDGE),
        (Force.PRODUCT, Status.IN_FORCE, Confidence.VERIFIED, Standing.PRODUCT),
        (Force.PRACTICE, Status.IN_FORCE, Confidence.VERIFIED, Standing.PRACTICE),
        (Force.DRAFT, Status.IN_FORCE, Confidence.VERIFIED, Standing.DRAFT),
        (Force.LAW, Status.DRAFT, Confidence.VERIFIED, Standing.DRAFT),
        (Force.LAW, Status.EXPIRED, Confidence.VERIFIED, Standing.EXPIRED),
    ],
)
def test_standing(force: Force, status: Status, confidence: Confidence, expected: Standing) -> None:
    assert standing_of(force, status, confidence) is expected


@pytest.mark.parametrize(("force", "status", "confidence"), EVERY)
def test_law_is_only_what_is_verified_in_force_and_law(
    force: Force, status: Status, confidence: Confidence
) -> None:
    is_law = standing_of(force, status, confidence) is Standing.LAW
    assert is_law is (
        force.binds_by_law and status is Status.IN_FORCE and confidence is Confidence.VERIFIED
    )


@pytest.mark.parametrize("vocabulary", [Confidence, Force, Status])
def test_every_word_has_a_text_in_both_languages(
    vocabulary: type[Confidence | Force | Status],
) -> None:
    assert all(word.text.zh and word.text.en for word in vocabulary)
    assert all(word.label.zh and word.label.en for word in Standing)
