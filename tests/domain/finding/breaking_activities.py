"""For every rule about activities: what to change so that it no longer holds."""

from collections.abc import Mapping
from datetime import date

from tests.domain.finding.changing import Change, added, one
from tests.strategies.clean_activities import explained, needed, optional

from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.register.activity import MinorsRule
from chengnuo.domain.register.app import MinorsAudience, Requirement
from chengnuo.domain.register.draft import to_complete
from chengnuo.domain.register.ids import ActivityId, AppId, SwitchId
from chengnuo.domain.register.method import Operation, Provider
from chengnuo.domain.register.publication import Mask
from chengnuo.domain.register.purpose import PurposeKind
from chengnuo.domain.register.scalars import Frequency, Keep, Per
from chengnuo.domain.register.watching import CaptureMoment, Sensor
from chengnuo.law.consent_form import ConsentForm
from chengnuo.law.ids import AppTypeId, CategoryId
from chengnuo.law.legal_basis import LegalBasis

APP = "app shop-app"
PICKS = "activity picks-for-you"
ORDER = "activity place-order"
NEARBY = "activity nearby-stores"
WINNERS = "activity winners"
FACE = "activity face-login"
VOICE = "activity voice-search"
RIDE = "activity ride-along"
COUPONS = "activity coupons"
LATER = "activity pay-later"
CRASHES = "activity crash-reports"
LOGS = "activity security-logs"
CAMERA = "activity store-camera"


def _requires(*names: str) -> Requirement:
    return Requirement(any_of=tuple(ActivityId(name) for name in names))


BASIS: Mapping[str, tuple[Change, ...]] = {
    "consent-without-form": one(PICKS, "consent", None),
    "form-without-consent": one(ORDER, "consent", ConsentForm.GENERAL),
    "basis-without-detail": one(ORDER, "basis_detail", None),
    "contract-for-own-interest": one(ORDER, "purpose_kind", PurposeKind.ANALYTICS),
    "contract-basis-not-required": one("service buying", "requires", lambda old: old[:1]),
    "public-basis-without-public-source": one(
        "activity public-shops", "method.provided_by", Provider.THIRD_PARTY
    ),
    "guardian-form-for-general-matter": one(PICKS, "consent", ConsentForm.GUARDIAN),
    "written-consent-missing": one(LATER, "consent", ConsentForm.GENERAL),
    "withdrawal-effect-missing": one(PICKS, "if_withdrawn", None),
    "also-in-force-over": one(PICKS, "also_in_force[0].until", date(2026, 11, 22)),
    "also-in-force-unknown-matter": one(PICKS, "also_in_force[0].matter", "publication"),
}

SCOPE: Mapping[str, tuple[Change, ...]] = {
    "beyond-necessary-list": one(ORDER, "items", added(needed("PI-BASIC-BIRTH"))),
    "none-needed-type-collects": (
        Change("service browsing", "app_type", AppTypeId("NPI-30")),
        Change("service browsing", "requires", (_requires("place-order"),)),
    ),
    "forced-for-own-ends": (
        Change(CRASHES, "items[0]", needed("PI-DEVICE-MODEL")),
        Change("service browsing", "requires", added(_requires("crash-reports"))),
    ),
    "optional-without-effect-of-refusing": one(PICKS, "items[0].if_refused", None),
    "category-listed-twice": one(ORDER, "items", added(needed("PI-BASIC-NAME"))),
    "continuous-without-limit": one(RIDE, "method.at_most", None),
    "collected-every-second": one(NEARBY, "method.at_most", Frequency(1, Per.SECOND)),
    "background-without-reason": one(RIDE, "method.description", None),
    "background-location-not-necessary": one(RIDE, "items[0].necessary", False),
    "refusing-closes-basic-service": one(
        "service browsing", "requires", added(_requires("nearby-stores"))
    ),
    "account-without-need": one("service browsing", "requires_account", True),
    "account-for-none-needed-type": one("service buying", "app_type", AppTypeId("NPI-30")),
    "basic-service-requires-nothing": one("service browsing", "requires", ()),
    "umbrella-word-in-item": one(ORDER, "items[0].detail", Text("姓名、称呼等信息")),
    "umbrella-word-in-purpose": one(ORDER, "purpose", Text("下单、付款等")),
    "vague-purpose": one(ORDER, "purpose", Text("为了向您提供更好的服务")),
    "english-missing": one(ORDER, "scene", Text("提交订单时")),
    "draft-text-left": one(ORDER, "scene", to_complete(Text("使用场景", "scene"))),
    "permission-without-item": one(
        NEARBY, "permissions.android", ("ACCESS_FINE_LOCATION", "READ_CONTACTS")
    ),
    "permission-not-declared": one(NEARBY, "permissions.android", ()),
    "permission-unknown": one(NEARBY, "permissions.android", added("READ_MINDS")),
}

SENSITIVE: Mapping[str, tuple[Change, ...]] = {
    "sensitive-without-necessity": one(VOICE, "items[0].why_necessary", None),
    "sensitive-without-impact": one(VOICE, "items[0].impact", None),
    "sensitive-for-marketing": (
        Change(VOICE, "purpose_kind", PurposeKind.MARKETING),
        Change(VOICE, "basis", LegalBasis.CONTRACT),
    ),
    "sensitive-as-factor": one(
        PICKS, "automated.personal_factors", (CategoryId("PI-HEALTH-RECORD"),)
    ),
    "sensitive-called-ordinary": one(FACE, "items[0].sensitive", False),
    "sensitive-default-overruled": one(VOICE, "items[0].sensitive", False),
    "sensitivity-undecided": one(PICKS, "items[0].sensitive", None),
}

MINORS: Mapping[str, tuple[Change, ...]] = {
    "minors-basis-needs-guardian": one(PICKS, "minors_under_14", MinorsRule.OTHER_BASIS),
    "minors-rules-missing": one(APP, "access.minors_rules_path", None),
    "minors-age-check-missing": one(APP, "audience.age_check", None),
    "minors-unknown-age-missing": one(APP, "audience.unknown_age", None),
    "minors-unknown-age-undeclared": one(APP, "audience.unknown_age_as", None),
    "minors-unknown-age-as-adult": one(APP, "audience.low_risk", None),
    "minors-nobody-in-charge": one("handler shop", "protection_officer", None),
    "minors-category-without-guardian": one(
        "activity children-club", "minors_under_14", MinorsRule.NOT_COLLECTED
    ),
    "minors-expected-not-handled": (
        Change(APP, "audience.minors_under_14", MinorsAudience.EXPECTED),
        Change("activity children-club", "", None),
    ),
    "minors-handled-not-intended": one(
        APP, "audience.minors_under_14", MinorsAudience.NOT_INTENDED
    ),
    "minors-known-not-said": one("handler shop", "knows_minors", False),
    "minors-marketing": one("activity children-club", "purpose_kind", PurposeKind.ADVERTISING),
}

AUTOMATED: Mapping[str, tuple[Change, ...]] = {
    "automated-without-off-switch": one(PICKS, "automated.off_switch", None),
    "marketing-without-refusal": (
        Change(COUPONS, "basis", LegalBasis.CONTRACT),
        Change(COUPONS, "consent", None),
    ),
    "personalisation-not-declared-automated": one(PICKS, "automated", None),
    "off-switch-of-other-app": one("switch picks-switch", "app", AppId("other-app")),
    "off-switch-of-other-kind": one(PICKS, "automated.off_switch", SwitchId("adverts-switch")),
    "terms-by-personal-factors": one(
        COUPONS, "automated.personal_factors", (CategoryId("PI-BASIC-PHONE"),)
    ),
    "terms-without-fairness": one(COUPONS, "automated.fairness", None),
    "pricing-not-setting-terms": one(COUPONS, "automated.sets_terms", False),
    "major-effect-without-explanation": one(LATER, "automated.explanation", None),
    "major-effect-without-human-review": one(LATER, "automated.human_review", None),
    "recommendation-not-explained": one(PICKS, "automated.explanation", None),
    "personal-factor-not-handled": one(
        LATER, "automated.personal_factors", added(CategoryId("PI-BASIC-BIRTH"))
    ),
    "switch-turns-on-again": one("switch picks-switch", "turns_on_again", True),
    "switch-too-deep": one("switch picks-switch", "taps", 6),
    "switch-on-before-consent": one("switch picks-switch", "default_on", True),
    "advertising-on-by-default": (
        Change("switch adverts-switch", "default_on", True),
        Change("activity adverts", "basis", LegalBasis.OTHER_LAW),
    ),
    "labels-cannot-be-cleared": one("switch picks-switch", "clears_labels", False),
    "switch-unused": one("activity adverts", "automated.off_switch", SwitchId("picks-switch")),
}

SHOWN_AND_WATCHED: Mapping[str, tuple[Change, ...]] = {
    "published-unmasked": one(WINNERS, "disclosure.masks", lambda old: old[:1]),
    "sensitive-published-unmasked": (
        Change(WINNERS, "items", added(explained(optional("PI-BIO-FACE")))),
        Change(WINNERS, "disclosure.categories", added(CategoryId("PI-BIO-FACE"))),
    ),
    "published-forever": one(WINNERS, "disclosure.shown_for", Keep(None)),
    "published-not-handled": one(WINNERS, "items", lambda old: old[:1]),
    "mask-for-nothing": one(
        WINNERS,
        "disclosure.masks",
        added(Mask(category=CategoryId("PI-BASIC-EMAIL"), rule=Text("只留首字母", "First letter"))),
    ),
    "disclosure-not-in-method": one(WINNERS, "method.operations", (Operation.COLLECT,)),
    "public-image-without-sign": one(CAMERA, "public_image.sign", False),
    "public-image-other-use": one(CAMERA, "public_image.other_use", Text("客流统计", "Counting")),
    "face-only-way": one(FACE, "face.alternatives", ()),
    "face-for-other-uses": one(FACE, "face.other_uses", (Text("会员识别", "Knowing members"),)),
    "face-template-on-server": one(FACE, "assessment", None),
    "face-not-declared": one(FACE, "face", None),
    "face-item-missing": one(FACE, "items", (optional("PI-NETID-ACCOUNT"),)),
    "covert-capture": (
        Change(VOICE, "capture[0].moment", CaptureMoment.BACKGROUND),
        Change(VOICE, "capture[0].indicator", None),
    ),
    "capture-without-indicator": one(VOICE, "capture[0].indicator", None),
    "capture-starts-by-itself": one(VOICE, "capture[0].starts_with", None),
    "screen-reading-beyond-purpose": (
        Change(VOICE, "capture[0].sensor", Sensor.ACCESSIBILITY),
        Change(VOICE, "purpose_kind", PurposeKind.ANALYTICS),
    ),
    "sensor-not-declared": one(VOICE, "capture", ()),
}

KEPT: Mapping[str, tuple[Change, ...]] = {
    "retention-forever": one(ORDER, "retention.keep", Keep(None)),
    "retention-long-without-reason": one(NEARBY, "retention.keep", Keep(Period(years=4))),
    "retention-duty-unknown": one(ORDER, "retention.duty", "TD-X99"),
    "retention-shorter-than-duty": one(ORDER, "retention.keep", Keep(Period(years=2))),
    "item-without-column": one(ORDER, "items", added(needed("PI-BASIC-GENDER"))),
    "kept-nowhere": (
        Change(NEARBY, "method.operations", (Operation.COLLECT, Operation.STORE)),
        Change(NEARBY, "recipients", ()),
    ),
    "sensitive-without-assessment": one(VOICE, "assessment", None),
    "automated-without-assessment": one(COUPONS, "assessment", None),
    "sharing-without-assessment": one("activity open-account", "assessment", None),
    "publication-without-assessment": one(WINNERS, "assessment", None),
    "overseas-without-assessment": one(CRASHES, "assessment", None),
    "assessment-after-start": one(ORDER, "started", date(2025, 11, 30)),
}
