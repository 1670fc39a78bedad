"""The weights of the package say of sentences what they speak of."""

import hashlib
import json

import numpy as np
import pytest
from tests.engines.policy.policies import ENGLISH, FULL, sentences_in

from chengnuo.adapters.clause_weights import read_clause_model
from chengnuo.adapters.compiled_copy import knowledge_folder
from chengnuo.engines.policy.clauses import (
    CLASSES,
    UNIT,
    ClauseClass,
    ClauseModel,
    ClauseWeightsError,
    Kept,
    LinearClauses,
    weighted,
)
from chengnuo.engines.policy.hashing import Hashing, grams, plain_grams

CHINESE_SAID = (
    ("收集您的手机号码", ClauseClass.COLLECTION),
    ("相机权限", ClauseClass.PERMISSION),
    ("共享给物流公司", ClauseClass.SHARING),
    ("保存期限", ClauseClass.STORAGE),
    ("加密技术", ClauseClass.SECURITY),
    ("监护人的陪同", ClauseClass.SPECIAL_GROUPS),
    ("查阅、复制", ClauseClass.RIGHTS),
    ("适时更新", ClauseClass.CHANGE),
    ("privacy@example.com", ClauseClass.CONTACT),
    ("撤回您的同意", ClauseClass.WITHDRAWAL),
)
ENGLISH_SAID = (
    ("we collect your name", ClauseClass.COLLECTION),
    ("service providers", ClauseClass.SHARING),
    ("We retain", ClauseClass.STORAGE),
    ("encryption", ClauseClass.SECURITY),
    ("update this privacy policy", ClauseClass.CHANGE),
    ("children under 13", ClauseClass.SPECIAL_GROUPS),
    ("contact us at", ClauseClass.CONTACT),
)


@pytest.fixture(scope="module")
def model() -> ClauseModel:
    return read_clause_model()


@pytest.mark.parametrize(
    ("text", "said"), [(FULL, CHINESE_SAID), (ENGLISH, ENGLISH_SAID)], ids=["zh", "en"]
)
def test_plain_sentences_are_of_their_class(
    model: ClauseModel, text: str, said: tuple[tuple[str, ClauseClass], ...]
) -> None:
    sentences = sentences_in(text)
    scores = model.scores(sentences)
    for words, clause in said:
        at = next(at for at, each in enumerate(sentences) if words in each.text)
        assert scores[at, CLASSES.index(clause)] > 0, words


def test_languages_of_one_document_do_not_disturb_each_other(model: ClauseModel) -> None:
    both = (*sentences_in(FULL), *sentences_in(ENGLISH))
    apart = [model.scores(sentences_in(text)) for text in (FULL, ENGLISH)]
    together = model.scores(both)
    assert (together[: len(apart[0])] == apart[0]).all()
    assert (together[len(apart[0]) :] == apart[1]).all()


def test_buckets_that_are_not_kept_count_for_nothing() -> None:
    how = Hashing(20, 2, words=False)
    texts = ("信息安全", "我们", "")
    found = grams(texts, how)
    mine = sorted(plain_grams(texts[0], how))[1:]
    kept = Kept(np.array(mine, dtype=np.uint32), np.full(len(mine), 32, dtype=np.uint8))
    weighed = weighted(found, len(texts), kept)
    first = slice(*weighed.starts[:2])
    assert [mine[at] for at in weighed.bucket[first]] == mine
    assert abs(float(np.square(weighed.value[first]).sum()) / UNIT**2 - 1) < 0.01
    left = [len({*mine} & {*plain_grams(text, how)}) for text in texts]
    assert np.diff(weighed.starts).tolist() == left


def test_no_sentences_no_scores(model: ClauseModel) -> None:
    assert model.scores(()).shape == (0, len(CLASSES))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not weights"])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ClauseWeightsError):
        LinearClauses.read(data)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_record_is_of_these_weights(language: str) -> None:
    folder = knowledge_folder("policy")
    about = json.loads(folder.joinpath(f"about.{language}.json").read_text(encoding="utf-8"))
    for name, digest in about["sha256"].items():
        assert hashlib.sha256(folder.joinpath(name).read_bytes()).hexdigest() == digest


def test_topics_of_unseen_documents_reach_the_aim() -> None:
    text = knowledge_folder("policy").joinpath("about.zh.json").read_text(encoding="utf-8")
    found = json.loads(text)["unseen"]["clauses"]
    assert found["topics micro"] >= 0.80
    assert found["topics macro"] >= 0.81
    assert found["risk macro"] >= 0.71
