"""How records of the evidence log are said on a page, to staff and to the individual concerned.

A leaf holds ids only; what they mean is looked up in the register in force. An id that the
register no longer has is shown as it is: the record is older than the register.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from chengnuo.base.canonical import Tree
from chengnuo.base.instant import from_us
from chengnuo.base.text import Lang
from chengnuo.domain.evidence.forms import Form
from chengnuo.domain.evidence.kinds import RULES, KeyClass, Kind
from chengnuo.domain.evidence.leaf import Leaf
from chengnuo.domain.evidence.proof import Erased
from chengnuo.domain.evidence.receipt_words import KIND_WORDS
from chengnuo.domain.evidence.schemas import Field, schema_of
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.register.model import Register
from chengnuo.doors.texts import moment
from chengnuo.doors.web.page_parts import Cell, Fact, Words, said
from chengnuo.doors.web.wording import texts, wording
from chengnuo.law.catalogue import Catalogue, UnknownDutyError
from chengnuo.law.ids import CategoryId
from chengnuo.usecases.consent.individual_record import READ_WHAT
from chengnuo.usecases.dossier.reading import OPENED, READ_DOSSIER
from chengnuo.usecases.rights.reading import READ_REQUEST, TAKEN_IN

SHORT_TAG = 12
_RECORD_READ = re.compile(r"record (\d+) \(([a-z-]+)\)")
_READINGS = {
    READ_WHAT: "individual.read",
    READ_REQUEST: "individual.read-request",
    READ_DOSSIER: "individual.read-dossier",
    OPENED: "individual.opened-dossier",
    TAKEN_IN: "individual.taken-in",
}
"""What was read or done with a reason, and the key of its words."""
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWords:
    """Says records in one language.

    Attributes:
        lang: The language.
        register: The register in force, or None while there is none.
        catalogue: The law catalogue, for names of categories.

    """

    lang: Lang
    register: Register | None
    catalogue: Catalogue

    def t(self, key: str, /, **places: object) -> str:
        """Return a text of the pages."""
        return wording(self.lang)(key, **places)

    def kind(self, kind: str) -> str:
        """Return what a kind of record is called."""
        return KIND_WORDS[Kind(kind)].in_lang(self.lang)

    def told(self, leaf: Leaf) -> str:
        """Return what happened, as one would tell the individual concerned."""
        key = f"evidence.told.{leaf.kind}"
        if key not in texts(self.lang):
            return self.kind(leaf.kind)
        what = self.activity(leaf.activity) or self.t("evidence.some-activity")
        whom = self.recipient(leaf.recipient) or self.t("evidence.some-recipient")
        return self.t(key, what=what, whom=whom)

    def activity(self, wanted: str) -> str:
        """Return the purpose of an activity, its id if the register has it no longer."""
        found = None
        if self.register is not None:
            found = self.register.activity_by_id.get(ActivityId(wanted))
        return wanted if found is None else found.purpose.in_lang(self.lang)

    def recipient(self, wanted: str) -> str:
        """Return the name of a recipient, its id if the register has it no longer."""
        found = None
        if self.register is not None:
            found = self.register.recipient_by_id.get(RecipientId(wanted))
        return wanted if found is None else found.name.in_lang(self.lang)

    def rows(self, leaf: Leaf) -> Cell:
        """Return the rows of the register that a leaf names, linked to their pages."""
        cells: list[Words] = []
        if leaf.activity:
            known = self.register is not None and leaf.activity in self.register.activity_by_id
            href = f"/console/register/activities/{leaf.activity}" if known else ""
            cells.append(Words(text=self.activity(leaf.activity), href=href, code=not known))
        if leaf.recipient:
            known = self.register is not None and leaf.recipient in self.register.recipient_by_id
            href = f"/console/register/recipients/{leaf.recipient}" if known else ""
            cells.append(Words(text=self.recipient(leaf.recipient), href=href, code=not known))
        if leaf.item:
            cells.append(Words(text=leaf.item, code=True))
        return tuple(cells) or said("—")

    def instant(self, at_us: int) -> Cell:
        """Return an instant by the clock of mainland China, and to the microsecond in UTC."""
        at = from_us(at_us)
        return said(moment(at), at.isoformat(timespec="microseconds").replace("+00:00", "Z"))

    def erased(self, erased: Erased) -> str:
        """Return when and under which duty a payload was erased."""
        under = self.duty(erased.under)
        return self.t("evidence.erased-on", day=moment(from_us(erased.on)), under=under)

    def duty(self, wanted: str) -> str:
        """Return how a duty is cited, its id if the catalogue has it no longer."""
        try:
            return self.catalogue.citation(wanted, self.lang)
        except UnknownDutyError:
            return wanted

    def payload(self, kind: Kind, payload: bytes, *, personal: bool) -> tuple[Fact, ...]:
        """Return the fields of a payload with their labels, in the order of their schema.

        A field that the newest schema does not have, as one of a later version, stands at the end
        under its own name.
        """
        values: Mapping[str, Tree] = json.loads(payload)
        schema = schema_of(kind, personal=personal)
        fields = () if schema is None else schema.fields
        known = {field.name for field in fields} | {"v"}
        return (
            *(
                Fact(name=field.label.in_lang(self.lang), value=self._value(field, values))
                for field in fields
                if field.name in values
            ),
            *(
                Fact(name=name, value=(Words(text=_plain(value), code=True),))
                for name, value in values.items()
                if name not in known
            ),
        )

    def _value(self, field: Field, values: Mapping[str, Tree]) -> Cell:
        value = values[field.name]
        if isinstance(value, bool):
            return said(self.t("word.yes" if value else "word.no"))
        known = self._known(field.name, str(value))
        if known:
            return said(known)
        if isinstance(value, list | tuple):
            return tuple(self._member(field, one) for one in value) or said(self.t("word.none"))
        if field.form is Form.DIGEST:
            return (Words(text=str(value), hash=True),)
        return (Words(text=_plain(value), code=field.form is Form.ID),)

    def _known(self, name: str, value: str) -> str:
        """Return a value that has words of its own in these, or nothing."""
        key = {"form": f"consent.{value}", "lang": f"evidence.lang.{value}"}.get(name, "")
        if key in texts(self.lang):
            return self.t(key)
        if name == "what" and value in _READINGS:
            return self.t(_READINGS[value])
        read = _RECORD_READ.fullmatch(value) if name == "what" else None
        if read is not None and read[2] in set(Kind):
            return self.t("evidence.record-title", n=read[1], kind=self.kind(read[2]))
        return ""

    def _member(self, field: Field, value: Tree) -> Words:
        if field.name == "categories":
            known = self.catalogue.categories.get(CategoryId(str(value)))
            if known is not None:
                return Words(text=known.text.in_lang(self.lang))
        if isinstance(value, Mapping):
            return _object(value)
        return Words(text=_plain(value), code=field.form is Form.IDS)


def sealed_under(kind: Kind, *, personal: bool) -> KeyClass:
    """Return under which key a record's payload is sealed."""
    key = RULES[kind].personal
    return KeyClass.OPEN if key is None or not personal else key


def _object(value: Mapping[str, Tree]) -> Words:
    """Return an object of a list by its values, the hashes under the rest."""
    plain = [_plain(one) for one in value.values()]
    hashes = tuple(one for one in plain if _HASH.fullmatch(one))
    text = " · ".join(one for one in plain if not _HASH.fullmatch(one))
    return Words(text=text, notes=hashes) if text else Words(text=" · ".join(hashes))


def _plain(value: Tree) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
