"""Trains the clause models and measures them on policies that they have not seen.

    python -m training.clauses --data FOLDER [--out FOLDER] [--language zh|en]

FOLDER holds `capp130/docs.jsonl` and `english/appsi139_topic_train.jsonl`. The same corpus gives
the same bytes. The figures are of sentences in clusters of documents that took no part in the
training, thresholds included; the weights that are written are trained on everything.
"""

import argparse
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from training.corpus import FOLDS, TOPICS, Corpus, chinese, english
from training.duties import fitted, made
from training.fitting import (
    FirstScores,
    first_layer,
    prepare,
    second_layer,
    second_scores,
    unseen_scores,
)
from training.measuring import f1, macro_of_two, micro_and_macro

from chengnuo.engines.policy.clauses import CLASSES, LABELLED, LinearClauses
from chengnuo.engines.policy.duties import DutyModel
from chengnuo.engines.policy.hashing import Hashing

HOME = Path(__file__).parents[1] / "src" / "chengnuo" / "knowledge" / "policy"
HASHINGS = {"zh": Hashing(20, 5, words=False), "en": Hashing(20, 5, words=True)}
TRAINED = "2026-11-29"
"""The day on which the weights that are in the package were trained."""
Figures: TypeAlias = dict[str, dict[str, float] | dict[str, dict[str, float]]]
SOURCES: dict[str, tuple[Callable[[Path], Corpus], str]] = {
    "zh": (chinese, "CAPP-130 (CC BY 4.0), training/examples.yaml"),
    "en": (english, "APPSI-139 (CC BY 4.0), training/examples.yaml"),
}


def told_unseen(corpus: Corpus, layer: LinearClauses, unseen: FirstScores) -> NDArray[np.bool_]:
    """Return bool[sentences, CLASSES]: what is said of each by a second layer fitted without it."""
    told = np.zeros(corpus.labels.shape, dtype=np.bool_)
    for fold in range(FOLDS):
        mine = corpus.fold == fold
        model = second_layer(layer, corpus, unseen, ~mine)
        told[mine] = (second_scores(model, unseen) > 0)[mine]
    return told


def clause_figures(corpus: Corpus, told: NDArray[np.bool_]) -> dict[str, float]:
    """Return the figures of what was said: topics of sentences with labels, the rest of all."""
    labelled = corpus.told
    due = corpus.labels
    trained = [at for at in range(TOPICS) if int(due[labelled, at].sum())]
    micro, macro = micro_and_macro(told[labelled][:, trained], due[labelled][:, trained])
    found = {"topics micro": micro, "topics macro": macro}
    read = np.arange(len(due)) < corpus.read
    for at, name in enumerate(CLASSES):
        asked = labelled if at < TOPICS else read if at < LABELLED else corpus.costs[:, at] > 0
        if not int(due[asked, at].sum()):
            continue
        is_pair = TOPICS <= at < LABELLED
        key = f"{name} macro" if is_pair else str(name)
        pair = told[asked, at], due[asked, at]
        # A line that is a heading is said to be neither important nor a risk, and is neither.
        found[key] = macro_of_two(*pair, others=corpus.headings) if is_pair else f1(*pair)
        if at >= LABELLED:
            found[f"{name} examples found"] = float(told[~read & due[:, at], at].mean())
    return {key: round(value, 4) for key, value in found.items()}


def written(arrays: Mapping[str, NDArray[np.generic]]) -> bytes:
    """Return arrays as .npz: the same bytes for the same arrays."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, array in sorted(arrays.items()):
            member = io.BytesIO()
            np.lib.format.write_array(member, array, allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            file.writestr(entry, member.getvalue(), zipfile.ZIP_STORED)
    return out.getvalue()


def clause_arrays(model: LinearClauses) -> dict[str, NDArray[np.generic]]:
    """Return what is written of a model of clauses."""
    names = [each.name for each in fields(model) if each.name != "hashing"]
    how = model.hashing
    return {
        "hashing": np.array([how.bits, how.longest, int(how.words)], dtype=np.int64),
        **{name: getattr(model, name) for name in names},
    }


def trained(corpus: Corpus, hashing: Hashing) -> tuple[LinearClauses, DutyModel, Figures]:
    """Return the models of a corpus and the figures of unseen documents."""
    ready = prepare(corpus, hashing)
    everything = np.ones(len(corpus.labels), dtype=np.bool_)
    layer = first_layer(ready, everything)
    unseen = unseen_scores(ready)
    told = told_unseen(corpus, layer, unseen)
    model = second_layer(layer, corpus, unseen, everything)
    duty_model, of_duties = fitted(made(corpus, model, unseen))
    return model, duty_model, {"clauses": clause_figures(corpus, told), "duties": of_duties}


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--out", type=Path, default=HOME, help="where the weights are written")
    parser.add_argument("--language", choices=sorted(SOURCES), help="only this one")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for language in [given.language] if given.language else sorted(SOURCES):
        read, source = SOURCES[language]
        corpus = read(given.data)
        clauses, duties, measured = trained(corpus, HASHINGS[language])
        files = {
            f"clauses.{language}.npz": written(clause_arrays(clauses)),
            f"duties.{language}.npz": written(
                {"weights": duties.weights, "bias": duties.bias, "marks": duties.marks}
            ),
        }
        for name, data in files.items():
            (given.out / name).write_bytes(data)
        about = {
            "data": source,
            "licence": "CC BY 4.0, attribution in NOTICE",
            "command": "python -m training.clauses --data FOLDER",
            "trained": TRAINED,
            "sentences": corpus.read,
            "clusters": corpus.clusters,
            "folds": FOLDS,
            "bytes": {name: len(data) for name, data in files.items()},
            "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
            "unseen": measured,
        }
        text = json.dumps(about, ensure_ascii=False, indent=1) + "\n"
        (given.out / f"about.{language}.json").write_text(text, encoding="utf-8")
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
