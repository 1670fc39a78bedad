"""Personal information in text: found and masked. For programs in Python.

    >>> import chengnuo.text as text
    >>> text.find("手机号：13800138000")
    [Found(start=4, end=15, kind='mobile', evidence='key', score=0.95, sensitive=False)]
    >>> mask = text.masker()
    >>> mask("手机号：13800138000")
    '手机号：138****8000'
    >>> mask.tree({"phone": 13800138000, "amount": 12.5})
    {'phone': '138****8000', 'amount': 12.5}

A masker also takes a column of pandas, Polars or Arrow (`mask.column`), gives functions to DuckDB
(`mask.register`), stands before log handlers (`log_mask`) and before an ASGI app
(`mask_responses`). A vault keeps what was masked so that who holds its key can restore it
(`open_vault`), and Presidio gets a recogniser (`presidio_recognizer`). None of these libraries is
imported until it is used.

Every part, with examples that are run as tests, stands in `docs/text-from-python.md`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from chengnuo.base.text import Lang
from chengnuo.doors.library.text_logs import LogMask
from chengnuo.doors.library.text_masker import Masker
from chengnuo.doors.library.text_presidio import recogniser
from chengnuo.doors.library.text_responses import MOST_BYTES, App, MaskResponses
from chengnuo.engines.text.kinds import Kind
from chengnuo.engines.text.masking import named
from chengnuo.usecases.mask_vaults import MaskVaults, Restored
from chengnuo.usecases.texts import MaskStyle, Texts
from chengnuo.wiring.program import Program

__all__ = [
    "KINDS",
    "Found",
    "Lang",
    "LogMask",
    "MaskResponses",
    "MaskStyle",
    "Masker",
    "Vault",
    "find",
    "log_mask",
    "mask_responses",
    "masker",
    "open_vault",
    "presidio_recognizer",
]

KINDS: Final = tuple(kind.name.lower() for kind in Kind)
"""The kinds of personal information that may be found."""


@lru_cache(maxsize=1)
def _texts() -> Texts:
    return Program().texts()


@dataclass(frozen=True, slots=True)
class Found:
    """A value found in a text, without the value.

    Attributes:
        start: The place of its first character.
        end: The place after its last.
        kind: What it is, as `mobile`.
        evidence: What speaks for it: `checksum`, `key`, `format`, `context` or `model`.
        score: How sure it is, from 0 to 1.
        sensitive: Whether its category is sensitive (PIPL Art. 28).

    """

    start: int
    end: int
    kind: str
    evidence: str
    score: float
    sensitive: bool


class Vault:
    """Masks texts with names under a key, and restores them."""

    def __init__(self, vaults: MaskVaults) -> None:
        """Use a vault that is open; see `open_vault`."""
        self._vaults = vaults

    def mask(self, text: str) -> str:
        """Return a text with its values named; the values are in the vault before it returns."""
        return "".join(self._vaults.masked([text]))

    def restore(self, text: str) -> str:
        """Return a text with the values behind its names; a name that is not known stays.

        Raises:
            MaskVaultDamagedError: A value does not open.

        """
        return "".join(self._vaults.restored([text], Restored()))

    def close(self) -> None:
        """Let the file go."""
        self._vaults.vault.close()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()


def find(text: str) -> list[Found]:
    """Return the values of personal information in a text, in order, none overlapping another."""
    texts, law = _texts(), Program().catalogue()
    return [
        Found(
            start=hit.start,
            end=hit.end,
            kind=hit.kind.name.lower(),
            evidence=hit.evidence.name.lower(),
            score=hit.score,
            sensitive=law.category(texts.knowledge.of(hit.kind).category).is_sensitive,
        )
        for hit in texts.hits(text)
    ]


def masker(
    style: MaskStyle | str = MaskStyle.PARTLY, *, key: bytes = b"", lang: Lang | str = Lang.ZH
) -> Masker:
    """Return what masks in a style.

    Args:
        style: `partly` leaves the ends, `wholly` only the kind, `named` a name under a key,
            `made-up` a value of the same form under a key.
        key: The key of a style that takes one, of 16 bytes at least.
        lang: The language of the labels that `wholly` leaves.

    Raises:
        ValueError: There is no such style or language, or the key is too short.

    """
    texts = _texts()
    return Masker(texts, texts.mask(MaskStyle(style), key=key, lang=Lang(lang)))


def log_mask(
    style: MaskStyle | str = MaskStyle.PARTLY, *, key: bytes = b"", lang: Lang | str = Lang.ZH
) -> LogMask:
    """Return a filter for handlers of `logging` that masks what records say.

    Its name may stand in a configuration: `{"filters": {"mask": {"()": "chengnuo.text.log_mask"}}}`

    Args:
        style: As for `masker`.
        key: As for `masker`.
        lang: As for `masker`.

    """
    return LogMask(masker(style, key=key, lang=lang))


def mask_responses(  # noqa: PLR0913  the options of a masker, and where it stands
    app: App,
    style: MaskStyle | str = MaskStyle.PARTLY,
    *,
    key: bytes = b"",
    lang: Lang | str = Lang.ZH,
    under: Sequence[str] = ("/",),
    most_bytes: int = MOST_BYTES,
) -> MaskResponses:
    """Return an ASGI app that masks what another answers: texts, JSON, events, WebSockets.

    What cannot be masked is not sent: such an answer has status 500. Put it inside whatever
    compresses.

    Args:
        app: The app, of ASGI 3.
        style: As for `masker`.
        key: As for `masker`.
        lang: As for `masker`.
        under: Paths below which answers are masked; each ends with a slash or is a whole path.
        most_bytes: How large an answer may be.

    """
    return MaskResponses(app, masker(style, key=key, lang=lang), under=under, most_bytes=most_bytes)


def open_vault(path: str | Path, key: bytes) -> Vault:
    """Open a vault of masked values, making its file if it is not there.

    Args:
        path: The file; its folder must be there.
        key: The key of the names and of the seal, of 16 bytes at least. Whoever holds it and the
            file can restore every text; without it nobody can.

    Raises:
        ValueError: The key is too short.
        NotAMaskVaultError: The file is something else, or of another key.

    """
    named(key)
    return Vault(MaskVaults(_texts(), Program().mask_vault(Path(path), key), key))


def presidio_recognizer(language: str = "zh") -> Any:  # noqa: ANN401  a class of Presidio
    """Return an `EntityRecognizer` of Presidio that finds what `find` finds.

    Add it to a registry of `presidio-analyzer`, which is not installed with this program.

    Args:
        language: The language of the texts that it is asked for; values are found in any.

    Raises:
        ModuleNotFoundError: Presidio is not installed.

    """
    return recogniser(_texts(), language)
