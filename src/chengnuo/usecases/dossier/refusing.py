"""Why an act cannot be done now: several reasons as one, and what joint requests ask for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.sort import DossierSort
from chengnuo.domain.dossier.sorts.joint_request import JOINT_REQUEST
from chengnuo.domain.dossier.sorts.register_change import COLLECT, PROPOSE, REGISTER_CHANGE
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import RecipientRole
from chengnuo.domain.register.row_edit import WrongEditError, edits_of, title_of
from chengnuo.usecases.dossier.desk import Refuses


@dataclass(frozen=True, slots=True)
class FirstReason:
    """Gives the first reason of several."""

    refusals: tuple[Refuses, ...]

    def refuses(
        self,
        sort: DossierSort,
        dossier: Dossier | None,
        what: str,
        fields: Mapping[str, Value],
        at: datetime,
    ) -> Text | None:
        """Say why an act cannot be done now, or None."""
        found = (one(sort, dossier, what, fields, at) for one in self.refusals)
        return next((why for why in found if why is not None), None)


@dataclass(frozen=True, slots=True)
class JointOnly:
    """Holds requests to joint handlers to recipients that are some.

    Attributes:
        register: Returns the register in force, or None.

    """

    register: Callable[[], Register | None]

    def refuses(
        self,
        sort: DossierSort,
        dossier: Dossier | None,
        what: str,  # noqa: ARG002  any act that opens one
        fields: Mapping[str, Value],
        at: datetime,  # noqa: ARG002  at any time
    ) -> Text | None:
        """Say why a request cannot be taken down, or None."""
        if sort.id != JOINT_REQUEST.id or dossier is not None:
            return None
        register = self.register()
        row = None
        if register is not None:
            row = register.recipient_by_id.get(RecipientId(str(fields["recipient"])))
        if row is not None and row.role is RecipientRole.JOINT:
            return None
        return Text(
            "这个接收方不是共同处理者（个人信息保护法第二十条）。",
            "this recipient is no joint handler (PIPL Art. 20).",
        )


def edits_only(
    sort: DossierSort,
    dossier: Dossier | None,  # noqa: ARG001  what opens one
    what: str,
    fields: Mapping[str, Value],
    at: datetime,  # noqa: ARG001  at any time
) -> Text | None:
    """Say why a change of the register cannot be proposed, or None; it has to be of its rows."""
    if sort.id != REGISTER_CHANGE.id or what not in {COLLECT, PROPOSE}:
        return None
    try:
        edits = edits_of(str(fields["change"]))
    except WrongEditError:
        edits = ()
    if edits and fields["row"] == title_of(edits):
        return None
    return Text("请从登记簿那一行的修改页提出。", "propose it from the form of the row itself.")
