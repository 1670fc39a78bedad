"""What `serve` can be told of prices that it explains to those they were made to."""

from typing import Annotated

import msgspec

Positive = Annotated[int, msgspec.Meta(ge=1)]
_Megabytes = Annotated[int, msgspec.Meta(ge=128)]


class LabelSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words for a column of the log.

    Attributes:
        zh: In Chinese.
        en: In English; the Chinese words if left out.

    """

    zh: str
    en: str = ""


class PriceSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the quotes are, and what explains them.

    Attributes:
        spec: The specification that `price audit` takes, a TOML file.
        logs: Files of quotes, or patterns of them.
        audit: The audit that stands, as `price audit -o` wrote it (JSON).
        person_key_file: Key under which the log names people, from their account ids.
        seconds: How long a search may take.
        memory_mb: Memory that reading may take there.
        labels: Words for columns of the log.

    """

    spec: str
    logs: tuple[str, ...]
    audit: str = ""
    person_key_file: str = ""
    seconds: Positive = 15
    memory_mb: _Megabytes = 256
    labels: dict[str, LabelSettings] = {}
