"""From what wiring has made outside to the app: use cases joined, routes mounted."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from litestar import Router
from litestar.types import ASGIApp

from chengnuo.doors.http.decisions import Decisions
from chengnuo.doors.http.documents import documents_router
from chengnuo.doors.http.evidence import evidence_router
from chengnuo.doors.http.program_routes import program_routes
from chengnuo.doors.http.prompts import prompts_router
from chengnuo.doors.http.tlog import tlog_router
from chengnuo.doors.http.witness import witness_router
from chengnuo.doors.settings import ServeSettings, WebSettings
from chengnuo.doors.web.app import build_app
from chengnuo.doors.web.audit_building import duty_pages, incident_room_of, packs_of
from chengnuo.doors.web.board_building import pages_of_board
from chengnuo.doors.web.borders_building import border_desk, pages_of_borders
from chengnuo.doors.web.centre_building import published_pages
from chengnuo.doors.web.centre_consents import consent_pages
from chengnuo.doors.web.centre_decisions import decision_pages
from chengnuo.doors.web.centre_handover import handover_pages
from chengnuo.doors.web.centre_labels import label_pages
from chengnuo.doors.web.centre_prices import price_pages
from chengnuo.doors.web.centre_prompts import prompt_pages
from chengnuo.doors.web.centre_receipts import receipt_pages
from chengnuo.doors.web.centre_switches import switch_pages
from chengnuo.doors.web.console_building import console_whole
from chengnuo.doors.web.console_consents import console_consent_pages
from chengnuo.doors.web.console_drift import drift_pages
from chengnuo.doors.web.console_evidence import evidence_pages
from chengnuo.doors.web.console_evidence_export import evidence_file_pages
from chengnuo.doors.web.console_individual import individual_pages
from chengnuo.doors.web.console_not_applicable import not_applicable_pages
from chengnuo.doors.web.console_reviews import review_pages
from chengnuo.doors.web.counts_building import board_room, count_some
from chengnuo.doors.web.deciding_building import pages_of_deciding
from chengnuo.doors.web.dossier_building import (
    DueBeside,
    assessing_of,
    dossier_desk,
    mask_of,
    pages_of_dossiers,
)
from chengnuo.doors.web.evidence_building import file_maker, receipts_of
from chengnuo.doors.web.gpc import gpc_support
from chengnuo.doors.web.minor_pages import minor_pages
from chengnuo.doors.web.outside import Outside
from chengnuo.doors.web.register_building import register_change_pages
from chengnuo.doors.web.release_building import releases_of
from chengnuo.doors.web.rights_building import rights_pages, transfer_routes
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.services_building import services_of
from chengnuo.ports.evidence_keys import KeyHolder
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.api_keys import ApiKeys
from chengnuo.usecases.decision.automated import AutomatedDesk
from chengnuo.usecases.decision.books import NONE_ASSESSED, Assessed, Books, Edition, by_engine
from chengnuo.usecases.decision.desk import DecisionDesk
from chengnuo.usecases.decision.reviews import ReviewDesk
from chengnuo.usecases.dossier.overview import Rekeeping
from chengnuo.usecases.evidence.cosigning import Cosigning
from chengnuo.usecases.individual_entry import person_key
from chengnuo.usecases.inspection.drift_history import DriftHistory
from chengnuo.usecases.register_desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service ready to run.

    Attributes:
        app: The ASGI app.
        services: Its use cases.
        set_up_path: Path and token of the one-time set-up link; empty once there is an account.
        made_keys: Names of key files made just now.
        key_holder: Who holds the key above the keys of individuals.
        close: Closes what was opened.
        decisions: Answers programs that show a key; None where there are no keys.
        automated: Records and explains automated decisions; None where they are not kept.

    """

    app: ASGIApp
    services: Services
    set_up_path: str
    made_keys: tuple[str, ...]
    key_holder: KeyHolder
    close: Callable[[], None]
    decisions: Decisions | None = None
    automated: AutomatedDesk | None = None

    def load_register(self) -> str:
        """Load the register folder anew, and return the version in force.

        Raises:
            RegisterRefusedError: It holds no register; the old one stays.

        """
        return self.services.register.load(by="service").version

    def recovered(self) -> str:
        """Return what was set aside of the end of the log; empty for nothing."""
        return self.services.evidence.status().recovered

    def given_up(self) -> str:
        """Return why nothing is recorded any more; empty while all is well."""
        return self.services.evidence.log.given_up


def build_service(
    outside: Outside, desk: Desk, *, settings: ServeSettings, web: WebSettings
) -> Service:
    """Return the service; the desk has been opened already."""
    assessing = assessing_of(outside.evidence, desk)
    dossiers = dossier_desk(
        outside.dossiers,
        desk,
        assessing=assessing,
        kits=None if outside.releases is None else outside.releases.kits,
        recorder=outside.evidence.recorder,
        tokens=outside.tokens,
        clock=outside.clock,
        enabled_accounts=outside.accounts.enabled_count,
    )
    decisions = decisions_of(outside, desk, settings.wrong_keys_per_minute, assessing.kept)
    borders = border_desk(outside, desk, decisions)
    releases = releases_of(
        outside.releases,
        desk,
        outside.evidence,
        outside.accounts.enabled_count,
        outside.tokens,
        outside.clock,
        dossiers,
    )
    automated = _automated(outside, desk)
    reviews = _reviews(outside, automated)
    room = board_room(outside, desk, automated, borders, dossiers, releases.seen)
    counts, live = room.counts, room.board
    incidents = incident_room_of(outside, dossiers, desk, live.runs)
    due = None
    if dossiers is not None:
        seen = releases.seen
        due = DueBeside(dossiers, assessing, borders, Rekeeping(dossiers), seen, incidents)
    receipts = receipts_of(outside, desk)
    maker = file_maker(outside, receipts, incidents, packs_of(outside, dossiers, desk, live.of))
    services = replace(
        services_of(outside, desk, settings, due, room.runner),
        count=partial(count_some, room.counts.counter, borders, room.counts.kept),
        releases=releases.desk,
        kits=releases.kits,
        release_days=settings.release_days,
        files=maker.requests,
    )
    token = services.accounts.first_link()

    def close() -> None:
        releases.close()
        maker.close()
        outside.close()

    return Service(
        app=build_app(
            services,
            web,
            pages=[
                *(documents_router(desk, one) for one in outside.writers if one.format == "json"),
                *published_pages(outside, desk, counts.used_by, releases.seen),
                *console_whole(outside, desk, live, counts, settings),
                *pages_of_board(outside, desk, live, room.runner),
                *not_applicable_pages(dossiers, desk, live),
                console_consent_pages(desk, counts.kept),
                individual_pages(desk, counts.individuals),
                evidence_pages(desk, outside.key_holder),
                evidence_file_pages(desk, maker),
                *releases.pages,
                *drift_pages(_drift(outside), desk),
                *pages_of_deciding(outside, desk),
                *register_change_pages(outside, desk, dossiers, counts.figures),
                *pages_of_borders(borders, dossiers, assessing, _drift(outside)),
                *pages_of_dossiers(dossiers, desk, outside.consents, mask_of(outside.dossiers)),
                *duty_pages(outside, dossiers, desk, live.of, incidents),
                receipt_pages(desk, receipts),
                prompt_pages(desk, outside.clock),
                consent_pages(desk, outside.clock),
                switch_pages(desk, outside.clock),
                *decision_pages(automated),
                *label_pages(desk, services.rights),
                price_pages(outside.prices, desk),
                *review_pages(reviews),
                handover_pages(desk, web.public_url),
                *minor_pages(desk),
                gpc_support,
                prompts_router(desk),
                evidence_router(outside.evidence, receipts),
                tlog_router(outside.public_log),
                *_witness(outside.cosigning),
                *rights_pages(
                    outside.rights, desk, outside.clock, outside.evidence.recorder, automated
                ),
            ],
            raw={
                **program_routes(
                    decisions,
                    consents=outside.consents,
                    register=desk,
                    rights=services.rights,
                    labels=None if services.rights is None else services.rights.labels,
                    automated=automated,
                    reviews=reviews,
                    prices=outside.prices,
                    borders=borders,
                    dossiers=dossiers,
                ),
                **transfer_routes(outside.rights, outside.clock),
            },
        ),
        services=services,
        set_up_path=f"/console/set-up?token={token}" if token else "",
        made_keys=outside.made_keys,
        key_holder=outside.key_holder,
        close=close,
        decisions=decisions,
        automated=automated,
    )


def _witness(cosigning: Cosigning | None) -> tuple[Router, ...]:
    return () if cosigning is None else (witness_router(cosigning),)


def decisions_of(
    outside: Outside, desk: Desk, wrong_keys_per_minute: int, assessed: Assessed = NONE_ASSESSED
) -> Decisions | None:
    """Return what answers programs that show an API key; None where there are no keys."""
    if outside.api_keys is None:
        return None

    def edition() -> Edition:
        served = desk.served
        return Edition(version=served.version, register=served.register)

    def person(account: str) -> PersonKey:
        return person_key(outside.tokens, account)

    return Decisions(
        desk=DecisionDesk(
            books=Books(edition, desk.catalogue, engine=by_engine, assessed=assessed),
            states=outside.consents,
            clock=outside.clock,
            recorder=outside.evidence.recorder,
        ),
        keys=ApiKeys(
            store=outside.api_keys,
            tokens=outside.tokens,
            clock=outside.clock,
            recorder=outside.evidence.recorder,
        ),
        person=person,
        wrong_keys_per_minute=wrong_keys_per_minute,
    )


def _automated(outside: Outside, desk: Desk) -> AutomatedDesk | None:
    if outside.automated is None:
        return None
    return AutomatedDesk(
        store=outside.automated,
        evidence=outside.evidence,
        consents=outside.consents,
        register=desk,
        tokens=outside.tokens,
    )


def _reviews(outside: Outside, automated: AutomatedDesk | None) -> ReviewDesk | None:
    if automated is None or outside.rights is None:
        return None
    recorder = outside.evidence.recorder
    return ReviewDesk(automated=automated, rights=outside.rights.desk, recorder=recorder)


def _drift(outside: Outside) -> DriftHistory | None:
    if outside.statements is None:
        return None
    return DriftHistory(statements=outside.statements, evidence=outside.evidence)
