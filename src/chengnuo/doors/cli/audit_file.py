"""The file of a written audit that a command is given."""

from pathlib import Path

from chengnuo.domain.pricing.audit_reading import AuditFileError


def audit_bytes(file: Path) -> bytes:
    """Return what the file of an audit holds.

    Raises:
        AuditFileError: It cannot be read.

    """
    try:
        return file.read_bytes()
    except OSError as error:
        raise AuditFileError(error.strerror or "it cannot be read") from error
