"""Making letters of an incident as files; that one was made is an act of its dossier, by hash."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chengnuo.base.digest import Digest, sha256_hex
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Lang, Text
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.sorts.incident_reach import LETTER
from chengnuo.domain.incident.letters import LetterHouse, LetterKind, letter_of
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.civil import civil_date
from chengnuo.ports.documents import DocumentWriter
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.guarding import SERVICE

FORMATS = ("html", "pdf", "markdown")


class LetterFormatError(InvalidInputError):
    """A letter is asked for in a format that it is not made in."""

    code = "letter-format"

    def __init__(self, given: str) -> None:
        super().__init__(f"a letter is not made as `{given[:20]}`; expected {', '.join(FORMATS)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFile:
    """A letter as a file.

    Attributes:
        name: A name for it.
        data: Its bytes.
        sha256: Its hash, as it stands in the dossier.
        media_type: What it is.

    """

    name: str
    data: bytes
    sha256: Digest
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDesk:
    """Makes letters.

    Attributes:
        desk: The desk of dossiers.
        catalogue: The law catalogue.
        in_force: Returns the register in force and its version, or None.
        writers: Write documents, by format.

    """

    desk: DossierDesk
    catalogue: Catalogue
    in_force: Callable[[], tuple[Register, str] | None]
    writers: Mapping[str, DocumentWriter]

    def make(
        self, dossier: DossierId, kind: LetterKind, lang: Lang, file_format: str, *, by: str
    ) -> LetterFile:
        """Return a letter; that it was made is durable and recorded on return.

        Args:
            dossier: The incident.
            kind: To whom.
            lang: In which language.
            file_format: One of `FORMATS`.
            by: Who asked for it: an account id or `cli`.

        Raises:
            NoSuchDossierError: There is none.
            LetterFormatError: It is not made so.
            LetterIncompleteError: Something that has to stand in it is not entered.
            DossierStateError: The incident is not graded yet.
            DocumentNotMadeError: The file could not be made just now.
            LogUnavailableError: It could not be recorded; nothing is handed out.

        """
        writer = self.writers.get(file_format)
        if writer is None or file_format not in FORMATS:
            raise LetterFormatError(file_format)
        seen = self.desk.one(dossier, SERVICE)
        served = self.in_force()
        house = LetterHouse(
            handler=Text("—", "—") if served is None else served[0].handler.name,
            law=self.catalogue.version.digest,
            catalogue=self.catalogue,
            today=civil_date(self.desk.clock.now()),
        )
        document = letter_of(seen.dossier, kind, house)
        data = writer.write(document, lang)
        digest = sha256_hex(data)
        said = {
            "letter-kind": kind.value,
            "letter-lang": lang.value,
            "letter-format": file_format,
            "letter": str(digest),
            "asked-by": by,
        }
        self.desk.act(dossier, LETTER, SERVICE, said)
        name = f"{document.id}.{lang.value}{writer.suffix}"
        return LetterFile(name=name, data=data, sha256=digest, media_type=writer.media_type)
