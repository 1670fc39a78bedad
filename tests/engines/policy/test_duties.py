"""Of a whole policy: what it speaks of, what is missing."""

import json

import pytest
from tests.engines.policy.policies import FULL, POOR, sentences_in

from chengnuo.adapters.clause_weights import read_clause_model, read_duty_models
from chengnuo.adapters.compiled_copy import knowledge_folder
from chengnuo.engines.policy.duties import Spoken, TopicAnswer
from chengnuo.engines.policy.topics import Topic


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[Topic, TopicAnswer]]:
    clauses, duties = read_clause_model(), read_duty_models()
    found = {}
    for name, text in (("full", FULL), ("poor", POOR)):
        sentences = sentences_in(text)
        said = duties.answers(sentences, clauses.scores(sentences))
        found[name] = {each.topic: each for each in said}
    return found


@pytest.mark.parametrize(
    "topic", [Topic.CHANGE, Topic.HANDLER, Topic.MINORS, Topic.RETENTION, Topic.WITHDRAWAL]
)
def test_what_is_told_is_not_called_missing(
    answers: dict[str, dict[Topic, TopicAnswer]], topic: Topic
) -> None:
    answer = answers["full"][topic]
    assert answer.spoken is not Spoken.ABSENT
    assert answer.sentences


@pytest.mark.parametrize("topic", [Topic.MINORS, Topic.RIGHTS, Topic.WITHDRAWAL])
def test_what_is_missing_is_never_called_told(
    answers: dict[str, dict[Topic, TopicAnswer]], topic: Topic
) -> None:
    assert answers["poor"][topic].spoken is not Spoken.PRESENT


def test_what_is_called_missing_in_unseen_documents_is_so() -> None:
    text = knowledge_folder("policy").joinpath("about.zh.json").read_text(encoding="utf-8")
    for topic, found in json.loads(text)["unseen"]["duties"].items():
        assert found["absent precision"] >= 0.85, topic
