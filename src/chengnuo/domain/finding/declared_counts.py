"""How many things of a kind a register declares: what a control had to look at."""

from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.rules.individual_rights import has_accounts
from chengnuo.domain.register.activity import MinorsRule
from chengnuo.domain.register.app import MinorsAudience
from chengnuo.domain.register.recipient import RecipientRole
from chengnuo.law.ids import CategoryId
from chengnuo.law.legal_basis import LegalBasis

_FACE = CategoryId("PI-BIO-FACE")


def activities(facts: Facts) -> int:
    """Count the processing activities."""
    return len(facts.register.activities)


def on_consent(facts: Facts) -> int:
    """Count the activities that rest on consent."""
    return sum(one.basis is LegalBasis.CONSENT for one in facts.register.activities)


def consent_items(facts: Facts) -> int:
    """Count the things that people are asked."""
    return sum(len(items) for items in facts.consent_items.values())


def basic_services(facts: Facts) -> int:
    """Count the basic services."""
    return sum(service.basic for service in facts.register.services)


def apps(facts: Facts) -> int:
    """Count the apps."""
    return len(facts.register.apps)


def with_accounts(facts: Facts) -> int:
    """Count the apps in which people have accounts."""
    return sum(has_accounts(app, facts) for app in facts.register.apps)


def recipients(facts: Facts) -> int:
    """Count the recipients."""
    return len(facts.register.recipients)


def joint(facts: Facts) -> int:
    """Count the joint handlers."""
    return sum(1 for _ in facts.recipients_in_role(RecipientRole.JOINT))


def overseas(facts: Facts) -> int:
    """Count the recipients abroad."""
    return sum(one.is_overseas for one in facts.register.recipients)


def sdks(facts: Facts) -> int:
    """Count the SDKs."""
    return sum(one.sdk is not None for one in facts.register.recipients)


def setting_terms(facts: Facts) -> int:
    """Count the automated decisions on prices and other terms."""
    return sum(
        one.automated is not None and one.automated.sets_terms for one in facts.register.activities
    )


def automated(facts: Facts) -> int:
    """Count the automated decisions."""
    return sum(one.automated is not None for one in facts.register.activities)


def published(facts: Facts) -> int:
    """Count the activities that show something in public."""
    return sum(one.disclosure is not None for one in facts.register.activities)


def for_minors(facts: Facts) -> int:
    """Count the activities that ask a guardian."""
    return sum(
        one.minors_under_14 is MinorsRule.GUARDIAN_CONSENT for one in facts.register.activities
    )


def basic_for_minors(facts: Facts) -> int:
    """Count the basic services that minors use, as far as the register says that they may."""
    register = facts.register
    open_to = {
        app.app
        for app in register.apps
        if register.handler.knows_minors
        or app.audience.minors_under_14 is not MinorsAudience.NOT_INTENDED
    }
    return sum(one.basic and one.app in open_to for one in register.services)


def captures(facts: Facts) -> int:
    """Count the uses of sensors and of faces."""
    return sensors(facts) + sum(one.face is not None for one in facts.register.activities)


def sensors(facts: Facts) -> int:
    """Count the uses of sensors."""
    return sum(len(one.capture) for one in facts.register.activities)


def faces(facts: Facts) -> int:
    """Count the activities that recognise faces or hold what faces are recognised by."""
    return sum(one.face is not None or _FACE in one.categories for one in facts.register.activities)


def services(facts: Facts) -> int:
    """Count the services."""
    return len(facts.register.services)


def permissions(facts: Facts) -> int:
    """Count the activities that ask for system permissions."""
    return sum(bool(one.permissions) for one in facts.register.activities)


def sensitive(facts: Facts) -> int:
    """Count the sensitive items."""
    return sum(len(facts.sensitive_items(one)) for one in facts.register.activities)


def assessments(facts: Facts) -> int:
    """Count the impact assessments."""
    return len(facts.register.assessments)


def one(_facts: Facts) -> int:
    """Count the register itself."""
    return 1
