"""The few kinds of error, by what the caller would do about them.

"No" is a value, never an exception. Each leaf error names a stable `code` that has a page
`docs/errors/<code>.md`; doors turn kinds into status and codes into Chinese text.

Messages carry no personal information: they name fields, rows and limits, not contents.
"""

from typing import ClassVar


class ChengnuoError(Exception):
    """What every error of ours is; catch a kind below instead."""

    code: ClassVar[str] = "error"


class InvalidInputError(ChengnuoError):
    """What was given is wrong; the caller corrects it."""

    code: ClassVar[str] = "invalid-input"


class ConflictError(ChengnuoError):
    """What was given no longer fits what stands; the caller reads again."""

    code: ClassVar[str] = "conflict"


class UnavailableError(ChengnuoError):
    """Something needed does not answer; the caller tries later."""

    code: ClassVar[str] = "unavailable"


class IntegrityError(ChengnuoError):
    """What is kept is not what was written; the caller stops and calls a person."""

    code: ClassVar[str] = "integrity"
