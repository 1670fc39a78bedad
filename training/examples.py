"""Sentences written for the classes that no corpus labels: `examples.yaml` beside this file."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from chengnuo.engines.policy.clauses import ClauseClass

FILE = Path(__file__).with_name("examples.yaml")


@dataclass(frozen=True, slots=True)
class ClassExamples:
    """The examples of one class in one language.

    Attributes:
        clause: The class.
        sure: A sentence of a corpus that this finds is taken to be of the class.
        beside: A sentence of a corpus that this finds may be of the class: it is left out.
        texts: The examples.

    """

    clause: ClauseClass
    sure: re.Pattern[str]
    beside: re.Pattern[str]
    texts: tuple[str, ...]


def read_examples(language: str) -> tuple[ClassExamples, ...]:
    """Read the examples of a language, `zh` or `en`."""
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(
        ClassExamples(
            clause=ClauseClass(name),
            sure=re.compile(row["sure"][language], re.IGNORECASE),
            beside=re.compile(row["beside"][language], re.IGNORECASE),
            texts=tuple(row[language]),
        )
        for name, row in sorted(rows.items())
    )
