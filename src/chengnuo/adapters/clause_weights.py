"""The weights of the models of clauses and duties, as the command of training left them."""

from importlib.resources.abc import Traversable

from chengnuo.adapters.compiled_copy import knowledge_folder
from chengnuo.engines.policy.clauses import ClauseModel
from chengnuo.engines.policy.duties import DutyModels

CLAUSES, DUTIES = "clauses.{}.npz", "duties.{}.npz"


def read_clause_model(folder: Traversable | None = None) -> ClauseModel:
    """Return the model of clauses, in both languages.

    Args:
        folder: The folder of its files; the package's own if None.

    """
    return ClauseModel.read(
        chinese=_bytes(folder, CLAUSES, "zh"), english=_bytes(folder, CLAUSES, "en")
    )


def read_duty_models(folder: Traversable | None = None) -> DutyModels:
    """Return the models of duties, in both languages.

    Args:
        folder: The folder of their files; the package's own if None.

    """
    return DutyModels.read(
        chinese=_bytes(folder, DUTIES, "zh"), english=_bytes(folder, DUTIES, "en")
    )


def _bytes(folder: Traversable | None, name: str, language: str) -> bytes:
    at = knowledge_folder("policy") if folder is None else folder
    return at.joinpath(name.format(language)).read_bytes()
