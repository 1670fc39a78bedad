"""Words as answers carry them."""

import msgspec


class Words(msgspec.Struct, frozen=True):
    """Words in Chinese and in English."""

    zh: str
    en: str | None = None
