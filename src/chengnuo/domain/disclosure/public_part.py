"""The public part of a register: all that documents are derived from, and nothing else.

It is a register itself, with what is nobody's business taken out: connections and tables,
vetting and assessment reports, head-counts, waivers, what a model looks at, agreements that people
need not read. Every document derived from it is the one derived from the whole register, and every
consent item has the same fingerprint; so it can be published, and later publications compared with
it.
"""

from dataclasses import replace

from chengnuo.base.text import Text
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.decision_model import DecisionModel, ModelInput, ModelOutcome
from chengnuo.domain.register.handler import Handler
from chengnuo.domain.register.ids import AgreementId, TableRef
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import Agreement, Recipient, RecipientRole
from chengnuo.domain.register.store import Store, StoreKind, Table

WITHHELD = "WITHHELD"
_TABLE = "data"
_HELD = "withheld"


def public_part(register: Register) -> Register:
    """Return the public part of a register; doing it twice changes nothing more."""
    shared = {
        one.agreement
        for one in register.recipients
        if one.role is RecipientRole.JOINT and one.agreement is not None
    }
    return Register(
        handler=_handler(register.handler),
        apps=register.apps,
        services=register.services,
        activities=tuple(_activity(one) for one in register.activities),
        recipients=tuple(_recipient(one, shared) for one in register.recipients),
        stores=tuple(_store(one) for one in register.stores),
        agreements=tuple(_agreement(one) for one in register.agreements if one.agreement in shared),
        switches=register.switches,
        notices=register.notices,
        models=tuple(_model(one) for one in register.models),
    )


def _handler(handler: Handler) -> Handler:
    officer, agency = handler.protection_officer, handler.representative
    return replace(
        handler,
        protection_officer=None if officer is None else replace(officer, filed=None),
        representative=None if agency is None else replace(agency, filed=None),
        individuals=None,
        knows_minors=False,
        large_platform=False,
        critical_infrastructure=False,
        turnover=None,
        audits=None,
    )


def _activity(activity: ProcessingActivity) -> ProcessingActivity:
    stores = dict.fromkeys(table.partition(".")[0] for table in activity.stores)
    return replace(
        activity,
        stores=tuple(TableRef(f"{store}.{_TABLE}") for store in stores),
        assessment=None,
        started=None,
        also_in_force=(),
    )


def _model(model: DecisionModel) -> DecisionModel:
    return replace(
        model,
        team=Text(WITHHELD),
        inputs=(ModelInput(input=_HELD, name=Text(WITHHELD), counts=Text(WITHHELD)),),
        outcomes=(ModelOutcome(outcome=_HELD, name=Text(WITHHELD)),),
        human_review=None,
        objection=None,
        assessment=None,
    )


def _recipient(recipient: Recipient, shared: set[AgreementId]) -> Recipient:
    border = recipient.cross_border
    joint = recipient.role is RecipientRole.JOINT and recipient.agreement in shared
    return replace(
        recipient,
        agreement=recipient.agreement if joint else None,
        vetting=None,
        cross_border=None
        if border is None
        else replace(
            border,
            until=None,
            individuals_a_year=None,
            sensitive_individuals_a_year=None,
            important_data=False,
        ),
    )


def _agreement(agreement: Agreement) -> Agreement:
    return Agreement(
        agreement=agreement.agreement,
        title=agreement.title,
        signed=agreement.signed,
        duties=agreement.duties,
        liability=agreement.liability,
    )


def _store(store: Store) -> Store:
    return Store(
        store=store.store,
        name=store.name,
        kind=StoreKind.OTHER,
        connection=WITHHELD,
        country=store.country,
        region=store.region,
        operated_by=store.operated_by,
        tables=(Table(table=_TABLE),),
    )
