"""A recogniser for Presidio that knows the identifiers, names and addresses of mainland China."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final

from chengnuo.engines.text.kinds import Kind
from chengnuo.usecases.texts import Texts

_NAME: Final = "ChengnuoRecognizer"
_OF_PRESIDIO: Final = {
    Kind.ADDRESS: "LOCATION",
    Kind.BANK_CARD: "CREDIT_CARD",
    Kind.EMAIL: "EMAIL_ADDRESS",
    Kind.IPV4: "IP_ADDRESS",
    Kind.IPV6: "IP_ADDRESS",
    Kind.LANDLINE: "PHONE_NUMBER",
    Kind.MAC: "MAC_ADDRESS",
    Kind.MOBILE: "PHONE_NUMBER",
    Kind.NAME: "PERSON",
}
"""Kinds that Presidio has names for; every other is `CN_` and its own name."""


def entity_of(kind: Kind) -> str:
    """Return what Presidio calls a kind."""
    return _OF_PRESIDIO.get(kind, f"CN_{kind.name}")


def recogniser(texts: Texts, language: str) -> Any:  # noqa: ANN401  a class of Presidio
    """Return an `EntityRecognizer` of Presidio that finds what we find.

    Args:
        texts: The use cases on text.
        language: The language of the texts that it is asked for.

    Raises:
        ModuleNotFoundError: Presidio is not installed.

    """
    presidio = import_module("presidio_analyzer")
    result = presidio.RecognizerResult

    def analyze(
        self: Any,  # noqa: ANN401  an instance of a class of Presidio
        text: str,
        entities: Sequence[str],
        nlp_artifacts: object = None,  # noqa: ARG001  Presidio hands it over
    ) -> list[object]:
        return [
            result(
                entity_type=entity_of(hit.kind),
                start=hit.start,
                end=hit.end,
                score=hit.score,
                analysis_explanation=presidio.AnalysisExplanation(
                    recognizer=_NAME,
                    original_score=hit.score,
                    textual_explanation=f"{hit.kind.name.lower()}: {hit.evidence.name.lower()}",
                ),
                recognition_metadata={
                    result.RECOGNIZER_NAME_KEY: self.name,
                    result.RECOGNIZER_IDENTIFIER_KEY: self.id,
                },
            )
            for hit in texts.hits(text)
            if entity_of(hit.kind) in entities
        ]

    made = type(
        _NAME,
        (presidio.EntityRecognizer,),
        {"load": lambda _self: texts.hits(""), "analyze": analyze},
    )
    entities = sorted({entity_of(kind) for kind in Kind})
    return made(supported_entities=entities, name=_NAME, supported_language=language)
