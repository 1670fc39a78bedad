"""What people read of an audit pack: sheets, reports and heads, each made of the JSON beside it.

Making a pack and checking one make them here alike, so that what differs was changed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.document import Document
from chengnuo.domain.governance.audit_document import audit_document
from chengnuo.domain.governance.audit_pack import PackFacts, PackPart
from chengnuo.domain.governance.audit_pack_report import part_document, report_document
from chengnuo.domain.governance.audit_pack_words import readme
from chengnuo.domain.governance.audit_papers import AuditPapers
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.documents import DocumentWriter

HEAD_FILE = "head.json"
Makes = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class ForPeople:
    """Makes what people read.

    Attributes:
        writers: Write documents, by format.
        catalogue: Cites the articles.

    """

    writers: Mapping[str, DocumentWriter]
    catalogue: Catalogue

    def of(self, facts: PackFacts, papers: Iterable[AuditPapers]) -> Iterator[tuple[str, Makes]]:
        """Yield the name of each file with what makes it.

        Making one raises `DocumentNotMadeError` where it cannot be made just now.
        """
        for part in facts.parts:
            yield f"parts/{part.id}.xlsx", partial(self._sheet, partial(part_document, part, facts))
        for paper in papers:
            drawn = partial(audit_document, paper, self.catalogue)
            yield f"papers/{paper.audit.id}.xlsx", partial(self._sheet, drawn)
        for lang in Lang:
            yield f"report.{lang.value}.pdf", partial(self._report, facts, lang)
            yield f"README.{lang.value}.md", partial(_head, facts, lang)

    def _sheet(self, document: Callable[[], Document]) -> bytes:
        return self.writers["xlsx"].write(document(), Lang.ZH)

    def _report(self, facts: PackFacts, lang: Lang) -> bytes:
        return self.writers["pdf"].write(report_document(facts), lang)


def part_file(part: PackPart) -> str:
    """Return the name of the JSON of a part."""
    return f"parts/{part.id}.json"


def _head(facts: PackFacts, lang: Lang) -> bytes:
    return readme(facts, lang).encode()
