"""Whether a file is the one whose hash was entered in a dossier; the file stays with the operator.

Only its SHA-256 is looked at; nothing of it is kept.
"""

from dataclasses import dataclass

from chengnuo.domain.dossier.dossier import Act, Dossier
from chengnuo.domain.dossier.fields import FieldForm
from chengnuo.domain.dossier.sort import DossierSort


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChecked:
    """What was found.

    Attributes:
        digest: SHA-256 of the file, hex.
        acts: The acts in which exactly that was entered.
        entered: How many hashes of files the dossier has.

    """

    digest: str
    acts: tuple[Act, ...]
    entered: int

    @property
    def is_same(self) -> bool:
        """Tell whether it is one of those that were entered."""
        return bool(self.acts)


def check_file(sort: DossierSort, dossier: Dossier, digest: str) -> FileChecked:
    """Return in which acts of a dossier a file was entered by its hash."""
    names = {
        (act.what, field.name)
        for act in sort.acts
        for field in act.fields
        if field.form is FieldForm.DIGEST
    }
    entered = [
        (act, act.fields[name])
        for act in dossier.acts
        for what, name in sorted(names)
        if act.what == what and name in act.fields
    ]
    return FileChecked(
        digest=digest,
        acts=tuple(act for act, value in entered if value == digest),
        entered=len(entered),
    )
