"""numpy, imported when something of it is first asked for.

It takes twelve megabytes. A service whose planes hold nobody never asks, so its modules may be
there without it. What was asked for once is kept as an attribute: a loop pays nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

__all__ = ["np"]

if TYPE_CHECKING:
    import numpy as np
else:

    class _LateNumpy:
        def __getattr__(self, name: str) -> object:
            found = getattr(import_module("numpy"), name)
            setattr(self, name, found)
            return found

    np = _LateNumpy()
