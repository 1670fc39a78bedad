"""For every rule about the handler and its apps: what to change so that it no longer holds."""

import dataclasses
from collections.abc import Mapping
from datetime import date

from tests.domain.finding.changing import Change, added, one
from tests.strategies.clean_register import APP as APP_ROW

from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.register.app import Platforms, Requirement, RightPath
from chengnuo.domain.register.handler import Contacts, Representative
from chengnuo.domain.register.ids import ActivityId, AppId
from chengnuo.law.ids import AppTypeId
from chengnuo.law.rights import Right

YESTERDAY = date(2026, 11, 22)
NOBODY = Contacts()
APP = "app shop-app"
HANDLER = "handler shop"
OPEN_ACCOUNT = ActivityId("open-account")


def _without(right: Right) -> object:
    return lambda ways: tuple(way for way in ways if way.right is not right)


def _way(right: Right, **changes: object) -> object:
    def change(ways: tuple[RightPath, ...]) -> tuple[RightPath, ...]:
        return tuple(
            dataclasses.replace(way, **changes) if way.right is right else way for way in ways
        )

    return change


_RIGHTS = {
    "no-way-to-access": Right.ACCESS,
    "no-way-to-copy": Right.COPY,
    "no-way-to-transfer": Right.TRANSFER,
    "no-way-to-correct": Right.CORRECT,
    "no-way-to-supplement": Right.SUPPLEMENT,
    "no-way-to-delete": Right.DELETE,
    "no-way-to-restrict": Right.RESTRICT,
    "no-way-to-explain-rules": Right.EXPLAIN_RULES,
    "no-way-for-close-relatives": Right.CLOSE_RELATIVE,
    "no-way-to-withdraw": Right.WITHDRAW,
    "no-way-to-cancel-account": Right.CANCEL_ACCOUNT,
    "no-way-to-explain-automated": Right.EXPLAIN_AUTOMATED,
    "no-way-to-refuse-automated": Right.REFUSE_AUTOMATED,
}

HANDLER_AND_APP: Mapping[str, tuple[Change, ...]] = {
    "officer-missing": one(HANDLER, "protection_officer", None),
    "officer-not-filed": one(HANDLER, "protection_officer.filed", None),
    "officer-without-contact": one(HANDLER, "protection_officer.contacts", NOBODY),
    "representative-missing": one(HANDLER, "country", "SG"),
    "representative-not-filed": one(
        HANDLER, "representative", Representative(name=Text("代表"), contacts=NOBODY)
    ),
    "credit-code-wrong": one(HANDLER, "credit_code", lambda old: old[:-1] + "I"),
    "handler-without-contact": one(HANDLER, "contacts", NOBODY),
    "hotline-missing": (
        Change(HANDLER, "contacts.phone", None),
        Change(HANDLER, "complaints.contacts.phone", None),
    ),
    "complaints-too-slow": one(HANDLER, "complaints.working_days", 16),
    "complaints-only-in-app": one(HANDLER, "complaints.contacts", NOBODY),
    "head-count-missing": one(HANDLER, "individuals", None),
    "security-missing": one(HANDLER, "security", None),
    "incident-plan-missing": one(HANDLER, "incident_plan", None),
    "audit-overdue": (
        Change(HANDLER, "individuals", 10_000_001),
        Change(HANDLER, "audits.last", date(2024, 11, 22)),
    ),
    "audit-not-planned": one(HANDLER, "audits", None),
    "audit-plan-passed": one(HANDLER, "audits.next", YESTERDAY),
    "minors-audit-overdue": one(HANDLER, "audits.minors_last", date(2025, 11, 22)),
    "large-platform-without-audit": (
        Change(HANDLER, "large_platform", True),
        Change(HANDLER, "audits.last", None),
    ),
    "large-platform-without-officer": (
        Change(HANDLER, "large_platform", True),
        Change(HANDLER, "protection_officer", None),
    ),
    "rules-too-deep": one(APP, "access.rules_taps", 5),
    "lists-too-deep": one(APP, "access.lists_menu_level", 3),
    "way-longer-than-said": one(APP, "access.rules_path", Text("我 → 设置 → 更多 → 关于 → 隐私")),
    "lists-on-one-page": one(APP, "access.sharing_list_path", Text("我 → 收集清单")),
    "rules-not-saveable": one(APP, "access.saveable", False),
    "rules-effective-before-updated": one(APP, "rules_effective", date(2026, 9, 30)),
    "app-without-platform": one(APP, "platforms", Platforms()),
    "app-type-missing": one(APP, "app_types", ()),
    "app-type-without-basic-service": one(APP, "app_types", added(AppTypeId("NPI-05"))),
    "service-app-type-not-of-app": one("service extras", "app_type", AppTypeId("NPI-01")),
    "app-without-basic-service": (
        Change("service browsing", "basic", False),
        Change("service buying", "basic", False),
    ),
    "account-without-reason": one("service buying", "account_reason", None),
    "service-requires-other-app": (
        Change("app other-app", "", dataclasses.replace(APP_ROW, app=AppId("other-app"))),
        Change("service buying", "app", AppId("other-app")),
        Change("service browsing", "requires", added(Requirement(any_of=(OPEN_ACCOUNT,)))),
    ),
    "first-run-pre-ticked": one(APP, "first_run.pre_ticked", True),
    "first-run-unequal-buttons": one(APP, "first_run.equal_buttons", False),
    "first-run-leaves-on-refusal": one(APP, "first_run.leaves_on_refusal", True),
    "first-run-collects-before": one(APP, "first_run.collects_before", True),
    "first-run-asks-again-too-soon": one(APP, "first_run.asks_again_after", Period(hours=47)),
    **{rule: one(APP, "rights", _without(right)) for rule, right in _RIGHTS.items()},
    "right-too-slow": one(APP, "rights", _way(Right.DELETE, working_days=16)),
    "cancel-too-deep": one(APP, "rights", _way(Right.CANCEL_ACCOUNT, taps=6)),
    "withdraw-outside-app": one(APP, "rights", _way(Right.WITHDRAW, taps=None)),
    "cancellation-not-described": one(APP, "cancellation", None),
    "cancellation-asks-more": one(APP, "cancellation.asks_more_than_registration", True),
    "cancellation-keeps-sensitive": one(APP, "cancellation.sensitive_deleted", False),
}
