"""What Presidio finds with our recogniser, as JSON; run by a Python that has Presidio.

`peer_presidio.py PATH…`: the folders that our modules and what they need are in, looked into last.
A blank pipeline of spaCy cuts the text: no model is needed.
"""

import json
import sys

import spacy
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine


class Blank(SpacyNlpEngine):
    """A pipeline that knows no entity of its own."""

    def __init__(self) -> None:
        super().__init__(ner_model_configuration=NerModelConfiguration())
        self.nlp = {"zh": spacy.blank("zh")}


def main() -> None:
    sys.path += sys.argv[1:]
    from chengnuo import text  # noqa: PLC0415  only now is it to be found

    registry = RecognizerRegistry(supported_languages=["zh"])
    registry.add_recognizer(text.presidio_recognizer())
    engine = AnalyzerEngine(registry, Blank(), supported_languages=["zh"])
    found = engine.analyze(sys.stdin.read(), language="zh", return_decision_process=True)
    rows = [
        (one.entity_type, one.start, one.end, one.analysis_explanation.textual_explanation)
        for one in found
    ]
    print(json.dumps(sorted(rows, key=lambda row: row[1])))  # noqa: T201  what the test reads


if __name__ == "__main__":
    main()
