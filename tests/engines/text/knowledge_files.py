"""The search for every kind, with what the product knows."""

from functools import cache
from pathlib import Path

from tests.engines.text.cues_file import product_cues

from chengnuo.adapters.name_weights import read_name_model
from chengnuo.adapters.text_words_source import (
    read_divisions,
    read_health_words,
    read_name_words,
)
from chengnuo.engines.text.addresses import AddressSearch
from chengnuo.engines.text.deep import TagWords
from chengnuo.engines.text.every_kind import Search
from chengnuo.engines.text.name_places import NameSearch

_FOLDER = Path(__file__).parents[3] / "src" / "chengnuo" / "knowledge" / "text"


def _bytes(name: str) -> bytes:
    return (_FOLDER / f"{name}.yaml").read_bytes()


@cache
def product_search(tag: TagWords | None = None) -> Search:
    """Return the search."""
    cues = product_cues()
    return Search(
        cues=cues,
        names=NameSearch(read_name_words(_bytes("names")), read_name_model(), cues),
        addresses=AddressSearch(read_divisions(_bytes("divisions")), cues),
        health=read_health_words(_bytes("health")),
        tag=tag,
    )
