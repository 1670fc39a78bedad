"""The weights of the model of names, as the command of training left them."""

import io
from importlib.resources.abc import Traversable

import numpy as np

from chengnuo.adapters.compiled_copy import knowledge_folder
from chengnuo.engines.text.name_model import NameModel

FILE = "name_weights.npz"


def read_name_model(folder: Traversable | None = None) -> NameModel:
    """Return the model of names.

    Args:
        folder: The folder of its file; the package's own if None.

    """
    at = knowledge_folder("text") if folder is None else folder
    with np.load(io.BytesIO(at.joinpath(FILE).read_bytes()), allow_pickle=False) as read:
        bar, beside, keyed = read["bars"].tolist()
        return NameModel(read["weights"], bar, beside, keyed)
