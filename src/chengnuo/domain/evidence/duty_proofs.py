"""Which records show that a duty was kept: a row for each of the sixteen duties, with its articles.

`open` names the kinds whose records concern no one individual: an evidence file over a duty holds
them. `personal` names the kinds that stand in the chains of individuals: they are shown person by
person, so the file only says where to ask.
"""

from dataclasses import dataclass

from chengnuo.domain.evidence.kinds import RULES, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyProof:
    """What shows that a duty was kept.

    Attributes:
        duty: Id of the duty.
        articles: Ids of the duties of law behind it.
        open: Kinds of records about no one individual.
        personal: Kinds of records in the chains of individuals.

    """

    duty: str
    articles: tuple[str, ...]
    open: tuple[Kind, ...]
    personal: tuple[Kind, ...] = ()


_CONSENT = (
    Kind.NOTICE_SHOWN,
    Kind.CONSENT_GIVEN,
    Kind.CONSENT_REFUSED,
    Kind.CONSENT_WITHDRAWN,
    Kind.CONSENT_ENDED,
)
_RULES_IN_FORCE = (Kind.REGISTER_PUBLISHED, Kind.PUBLICATION)
_REQUEST = (Kind.REQUEST_STATE, Kind.IDENTITY_CHECK)

DUTY_PROOFS: tuple[DutyProof, ...] = (
    DutyProof(
        duty="duty-1",
        articles=("PIPL-13", "PIPL-14", "PIPL-17", "PIPL-29", "PIPL-30"),
        open=_RULES_IN_FORCE,
        personal=_CONSENT,
    ),
    DutyProof(duty="duty-2", articles=("PIPL-14",), open=_RULES_IN_FORCE, personal=_CONSENT),
    DutyProof(
        duty="duty-3",
        articles=("PIPL-15", "PIPL-47"),
        open=(Kind.DELETION,),
        personal=(Kind.CONSENT_WITHDRAWN, Kind.DELETION),
    ),
    DutyProof(
        duty="duty-4",
        articles=("PIPL-16",),
        open=(Kind.DECISION, Kind.INSPECTION_RESULT),
        personal=(Kind.CONSENT_REFUSED, Kind.DECISION),
    ),
    DutyProof(
        duty="duty-5",
        articles=("PIPL-7", "PIPL-17", "PIPL-48"),
        open=_RULES_IN_FORCE,
        personal=(Kind.NOTICE_SHOWN,),
    ),
    DutyProof(
        duty="duty-6",
        articles=("PIPL-20", "PIPL-21", "PIPL-23"),
        open=(*_RULES_IN_FORCE, Kind.DOSSIER_ACT, Kind.PROVISION),
        personal=(Kind.DOSSIER_ACT, Kind.PROVISION),
    ),
    DutyProof(
        duty="duty-7",
        articles=("PIPL-20", "PIPL-69"),
        open=(Kind.DOSSIER_ACT, Kind.PROVISION, Kind.INCIDENT),
        personal=(Kind.DOSSIER_ACT, Kind.PROVISION, Kind.INCIDENT),
    ),
    DutyProof(
        duty="duty-8",
        articles=("PIPL-24.1",),
        open=(Kind.PRICE_QUOTED, Kind.INSPECTION_RESULT),
        personal=(Kind.PRICE_QUOTED, Kind.AUTOMATED_DECISION),
    ),
    DutyProof(
        duty="duty-9",
        articles=("PIPL-24.2", "PIPL-24.3"),
        open=(Kind.DECISION, Kind.INSPECTION_RESULT),
        personal=(Kind.AUTOMATED_DECISION, Kind.DECISION, Kind.SWITCH_SET),
    ),
    DutyProof(
        duty="duty-10",
        articles=("PIPL-25",),
        open=(Kind.PUBLICATION,),
        personal=(Kind.PUBLICATION, Kind.CONSENT_GIVEN),
    ),
    DutyProof(
        duty="duty-11",
        articles=("PIPL-31",),
        open=(*_RULES_IN_FORCE, Kind.DOSSIER_ACT),
        personal=(*_CONSENT, Kind.GUARDIANSHIP, Kind.DOSSIER_ACT),
    ),
    DutyProof(
        duty="duty-12",
        articles=("PIPL-45", "PIPL-50"),
        open=(Kind.EXPORT,),
        personal=(*_REQUEST, Kind.EXPORT),
    ),
    DutyProof(
        duty="duty-13",
        articles=("PIPL-46", "PIPL-47", "PIPL-50"),
        open=(Kind.DELETION,),
        personal=(*_REQUEST, Kind.CORRECTION, Kind.DELETION),
    ),
    DutyProof(
        duty="duty-14",
        articles=("PIPL-69", "PIPL-54", "PIPL-55", "PIPL-56"),
        open=tuple(kind for kind, rule in RULES.items() if rule.open),
        personal=tuple(kind for kind, rule in RULES.items() if rule.personal is not None),
    ),
    DutyProof(
        duty="duty-15",
        articles=("PIPL-38", "PIPL-39"),
        open=(*_RULES_IN_FORCE, Kind.DOSSIER_ACT, Kind.PROVISION),
        personal=(Kind.DOSSIER_ACT, Kind.PROVISION, Kind.CONSENT_GIVEN),
    ),
    DutyProof(
        duty="duty-16",
        articles=("PIPL-66", "PIPL-69"),
        open=(Kind.DOSSIER_ACT, Kind.COMPLAINT, Kind.INCIDENT, Kind.ATTESTATION),
        personal=(Kind.DOSSIER_ACT, Kind.COMPLAINT, Kind.INCIDENT),
    ),
)
"""A row for every duty of the product, in their order."""


def kinds_of(duty: str) -> tuple[tuple[Kind, ...], tuple[Kind, ...]]:
    """Return the open and the personal kinds that show a duty, or an article behind one.

    Both are empty for a duty that no record shows.
    """
    rows = [row for row in DUTY_PROOFS if duty == row.duty or duty in row.articles]
    return (
        tuple(dict.fromkeys(kind for row in rows for kind in row.open)),
        tuple(dict.fromkeys(kind for row in rows for kind in row.personal)),
    )
