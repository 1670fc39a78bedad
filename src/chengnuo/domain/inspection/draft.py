"""A register drafted from a package: everything that was seen has a row, and nothing else.

The draft loads like any register. Its texts that nobody has said yet carry the mark of drafts,
other values that are not known cannot be taken for true ones, and each row comes with remarks:
where it was seen, and what a person has to decide. The same inspection gives the same draft.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.finding.package_look import PackageLook
from chengnuo.domain.inspection.draft_activities import draft_activities
from chengnuo.domain.inspection.draft_app import (
    draft_app,
    draft_handler,
    draft_services,
)
from chengnuo.domain.inspection.draft_decisions import Decision, Drafted, Step
from chengnuo.domain.inspection.draft_permissions import left_over
from chengnuo.domain.inspection.draft_recipients import draft_recipients
from chengnuo.domain.inspection.draft_seen import SeenForDraft
from chengnuo.domain.observation.inspection import Inspection
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.app import App, Service
from chengnuo.domain.register.draft import UNKNOWN_DAY, to_complete
from chengnuo.domain.register.handler import Handler
from chengnuo.domain.register.kinds import RowRef, rows
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import Recipient
from chengnuo.law.catalogue import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A drafted register.

    Attributes:
        register: The register.
        remarks: Lines above each row: where it comes from, then what has to be decided.
        decisions: What has to be decided, in the order in which to do it.

    """

    register: Register
    remarks: Mapping[RowRef, tuple[Text, ...]]
    decisions: tuple[Decision, ...]


def draft_register(inspection: Inspection, knowledge: Knowledge, law: Catalogue) -> Draft:
    """Return the register that a package gives.

    Args:
        inspection: What was seen in the package of an app.
        knowledge: What it was seen with.
        law: The law.

    """
    look = PackageLook(inspection=inspection, knowledge=knowledge, catalogue=law, today=UNKNOWN_DAY)
    seen = SeenForDraft(look=look)
    activities = draft_activities(seen)
    recipients = draft_recipients(seen)
    explained = (name for one in activities for name in one.row.permissions.android)
    app = draft_app(seen, left_over(look, explained))
    handler = draft_handler()
    services = draft_services(frozenset(one.row.service for one in activities))
    return put_together(handler, app, services, activities, recipients)


def put_together(
    handler: Drafted[Handler],
    app: Drafted[App],
    services: tuple[Drafted[Service], ...],
    activities: tuple[Drafted[ProcessingActivity], ...],
    recipients: tuple[Drafted[Recipient], ...],
) -> Draft:
    """Return the draft that drafted rows make, with its decisions in their order."""
    register = Register(
        handler=handler.row,
        apps=(app.row,),
        services=tuple(one.row for one in services),
        activities=tuple(one.row for one in activities),
        recipients=tuple(one.row for one in recipients),
    )
    parts: tuple[Drafted[object], ...] = (
        handler,
        app,
        *services,
        *activities,
        *recipients,
    )
    return Draft(
        register=register,
        remarks=dict(zip(rows(register), map(_remarks, parts), strict=True)),
        decisions=tuple(
            sorted(
                (decision for part in parts for decision in part.decisions),
                key=lambda one: _STEPS.index(one.step),
            )
        ),
    )


_STEPS = tuple(Step)


def _remarks(part: Drafted[object]) -> tuple[Text, ...]:
    return (*part.sources, *(to_complete(one.text) for one in part.decisions))
