"""S1, S2: the state of very many; `--full` is the whole country and takes 14 GB of memory."""

from bench.decision_scale import measure

__all__ = ["measure"]
