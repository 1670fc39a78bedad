"""For every rule about recipients, agreements, stores and papers: what to change."""

import dataclasses
from collections.abc import Mapping
from datetime import date

from tests.domain.finding.changing import Change, added, one
from tests.strategies.clean_parties import (
    AGREEMENTS,
    JOINT_DUTIES,
    RECIPIENTS,
    STORES,
    TERMS,
    WAIVERS,
)
from tests.strategies.clean_register import ASSESSMENTS

from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.register.governance import AssessmentGround, Risk
from chengnuo.domain.register.ids import (
    AgreementId,
    AssessmentId,
    RecipientId,
    SdkWaiverId,
    StoreId,
)
from chengnuo.domain.register.recipient import (
    Channel,
    RecipientRole,
    SdkStart,
    SubEntrusting,
    VettingResult,
)
from chengnuo.domain.register.store import Column, Identifier, IdentifierKind, WhenDeleted
from chengnuo.law.ids import CategoryId
from chengnuo.law.transfer_route import TransferRoute

YESTERDAY = date(2026, 11, 22)
TOMORROW = date(2026, 11, 24)
MAPS = "recipient maps"
CRASHES = "recipient crashes"
COURIER = "recipient courier"
BRAND = "recipient brand"
MESSAGES = "recipient messages"
ENTRUSTING = "agreement entrusting"
MAIN = "store main"
_ORDERS = "tables[1].columns"

_RECIPIENT = {row.recipient: row for row in RECIPIENTS}
_CRASHES_ROW = _RECIPIENT[RecipientId("crashes")]

SHARING: Mapping[str, tuple[Change, ...]] = {
    "recipient-without-contact": one(COURIER, "contact", None),
    "recipient-without-method": one(COURIER, "method", None),
    "recipient-without-rules-link": one(COURIER, "rules_url", None),
    "recipient-category-unexplained": one(
        COURIER, "categories", added(CategoryId("PI-BASIC-EMAIL"))
    ),
    "recipient-gets-nothing": one(BRAND, "categories", (CategoryId("PI-BASIC-EMAIL"),)),
    "recipient-unused": one("activity joint-draw", "recipients", ()),
    "recipient-names-nobody": one(COURIER, "company", Text("合作伙伴", "Partners")),
    "entrusted-without-agreement": one(MESSAGES, "agreement", None),
    "joint-without-agreement": one(BRAND, "agreement", None),
    "provision-without-agreement": one(COURIER, "agreement", None),
    "joint-without-duties": one("agreement joint", "duties", ()),
    "joint-duty-unsettled": one("agreement joint", "duties", JOINT_DUTIES[:1]),
    "entrusted-beyond-terms": one(
        ENTRUSTING,
        "terms",
        (dataclasses.replace(TERMS, categories=(CategoryId("PI-LOC-PRECISE"),)),),
    ),
    "terms-with-nobody": one(
        ENTRUSTING, "terms", (dataclasses.replace(TERMS, recipient=RecipientId("courier")),)
    ),
    "joint-without-liability": one("agreement joint", "liability", None),
    "entrusted-without-duties": one(ENTRUSTING, "duties", ()),
    "entrusted-without-return": one(ENTRUSTING, "return_or_delete", None),
    "entrusted-without-supervision": one(ENTRUSTING, "supervision", None),
    "sub-entrusting-uncontrolled": one(ENTRUSTING, "sub_entrusting", SubEntrusting.ALLOWED),
    "sub-recipients-despite-ban": one(MESSAGES, "sub_recipients", (Text("下级", "Another"),)),
    "operator-not-entrusted": one("recipient hosting", "role", RecipientRole.PROVISION),
    "agreement-expired": one(ENTRUSTING, "expires", YESTERDAY),
    "agreement-signed-in-future": one(ENTRUSTING, "signed", TOMORROW),
    "agreement-unused": one(
        "agreement spare", "", dataclasses.replace(AGREEMENTS[0], agreement=AgreementId("spare"))
    ),
}

SDKS: Mapping[str, tuple[Change, ...]] = {
    "sdk-starts-before-consent": one(MAPS, "sdk.starts", SdkStart.AT_APP_START),
    "sdk-without-vetting": one(MAPS, "vetting", None),
    "sdk-vetting-expired": one(MAPS, "vetting.until", YESTERDAY),
    "sdk-vetting-rejected": one(MAPS, "vetting.result", VettingResult.REJECTED),
    "sdk-without-rules-link": one(MAPS, "rules_url", None),
    "sdk-without-version": one(MAPS, "sdk.versions", ()),
    "sdk-without-packages": one(MAPS, "sdk.packages", ()),
    "sdk-channel-without-sdk": one(COURIER, "channel", Channel.SDK),
    "waiver-for-unknown-rule": one("sdk_waiver crashes-version", "rule", "sdk-without-soul"),
    "waiver-without-sdk": one(
        "sdk_waiver second",
        "",
        dataclasses.replace(
            WAIVERS[0], sdk_waiver=SdkWaiverId("second"), recipient=RecipientId("courier")
        ),
    ),
    "waiver-over-before-granted": one("sdk_waiver crashes-version", "granted", date(2027, 1, 1)),
}

ABROAD: Mapping[str, tuple[Change, ...]] = {
    "overseas-without-route": one(CRASHES, "cross_border", None),
    "overseas-route-without-reference": one(
        CRASHES, "cross_border.route", TransferRoute.STANDARD_CONTRACT
    ),
    "overseas-route-expired": one(CRASHES, "cross_border.until", YESTERDAY),
    "overseas-above-exempt-volume": one(CRASHES, "cross_border.individuals_a_year", 100_000),
    "overseas-assessment-due": (
        Change(CRASHES, "cross_border.route", TransferRoute.STANDARD_CONTRACT),
        Change(CRASHES, "cross_border.sensitive_individuals_a_year", 10_000),
    ),
    "overseas-volumes-split": (
        Change(CRASHES, "cross_border.individuals_a_year", 50_000),
        Change(
            "recipient zz-second",
            "",
            dataclasses.replace(
                _CRASHES_ROW,
                recipient=RecipientId("zz-second"),
                cross_border=dataclasses.replace(
                    _CRASHES_ROW.cross_border, individuals_a_year=50_000
                ),
            ),
        ),
    ),
    "overseas-count-missing": one(CRASHES, "cross_border.individuals_a_year", None),
    "overseas-without-rights": one(CRASHES, "cross_border.rights", None),
    "overseas-without-safeguards": one(CRASHES, "cross_border.safeguards", None),
    "exempt-contract-without-contract": one(
        CRASHES, "cross_border.route", TransferRoute.EXEMPT_CONTRACT
    ),
    "store-abroad-without-recipient": one(MAIN, "country", "HK"),
    "route-for-mainland-recipient": one(COURIER, "cross_border", _CRASHES_ROW.cross_border),
}

STORED: Mapping[str, tuple[Change, ...]] = {
    "kept-column-without-duty": one(MAIN, f"{_ORDERS}[3].keep", None),
    "keep-duty-unknown": one(MAIN, f"{_ORDERS}[3].keep.duty", "TD-X99"),
    "keep-shorter-than-duty": one(MAIN, f"{_ORDERS}[3].keep.keep", Period(months=35)),
    "keep-duty-not-followed": one(MAIN, f"{_ORDERS}[3].when_deleted", WhenDeleted.NULL),
    "column-unexplained": one(
        MAIN,
        _ORDERS,
        added(
            Column(
                column="birthday",
                category=CategoryId("PI-BASIC-BIRTH"),
                when_deleted=WhenDeleted.DELETE_ROW,
            )
        ),
    ),
    "table-without-identity": one("store files", "tables[1].identity", ()),
    "named-column-undeclared": one(
        MAIN,
        "tables[0].identifiers",
        (Identifier(column="mobile", kind=IdentifierKind.PHONE, account="account_id"),),
    ),
    "sensitive-store-unencrypted": one("store files", "encrypted", False),
    "store-unused": one(
        "store spare", "", dataclasses.replace(STORES[1], store=StoreId("spare"), tables=())
    ),
}

PAPERS: Mapping[str, tuple[Change, ...]] = {
    "assessment-ground-missing": one(
        "assessment assessed",
        "grounds",
        lambda old: tuple(one for one in old if one is not AssessmentGround.OVERSEAS),
    ),
    "assessment-expired": one("assessment assessed", "valid_until", YESTERDAY),
    "assessment-incomplete": one("assessment assessed", "measures", None),
    "assessment-high-risk": one("assessment assessed", "risk", Risk.HIGH),
    "assessment-unused": one(
        "assessment spare",
        "",
        dataclasses.replace(ASSESSMENTS[0], assessment=AssessmentId("spare")),
    ),
}
