"""Who does something in a dossier, and who may read it."""

from enum import StrEnum

from chengnuo.base.text import Text


class Party(StrEnum):
    """In which part somebody acts; the four roles of staff have the names of their accounts."""

    STAFF = "staff"
    REVIEWER = "reviewer"
    AUDITOR = "auditor"
    ADMIN = "admin"
    INDIVIDUAL = "individual"
    GUARDIAN = "guardian"
    RELATIVE = "relative"
    PARTNER = "partner"
    """A recipient of the register, over its signed channel or its API key."""
    SERVICE = "service"
    """The program itself, or a back end of the operator with an API key."""

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _TEXTS[self]


_TEXTS = {
    Party.STAFF: Text("操作", "staff"),
    Party.REVIEWER: Text("复核", "reviewer"),
    Party.AUDITOR: Text("审计", "auditor"),
    Party.ADMIN: Text("管理", "admin"),
    Party.INDIVIDUAL: Text("个人", "individual"),
    Party.GUARDIAN: Text("监护人", "guardian"),
    Party.RELATIVE: Text("近亲属", "close relative"),
    Party.PARTNER: Text("接收方", "recipient"),
    Party.SERVICE: Text("系统", "system"),
}

DESK = frozenset({Party.STAFF, Party.REVIEWER})
"""Who works on dossiers."""

OUTSIDE = frozenset({Party.INDIVIDUAL, Party.GUARDIAN, Party.RELATIVE})
"""Who a dossier can be about, or who speaks for them; they see their own and nothing else."""
