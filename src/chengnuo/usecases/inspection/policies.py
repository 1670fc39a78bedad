"""Reading privacy policies, alone or beside a register."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from chengnuo.domain.finding.policy_check import PolicyReport, check_policy
from chengnuo.domain.finding.policy_held import PolicyHeld
from chengnuo.domain.inspection.policies.duties import DutiesOf
from chengnuo.domain.inspection.policies.lexicon import Lexicon
from chengnuo.domain.inspection.policies.reading import read_policy
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.policy import PolicyReading
from chengnuo.domain.register.app import App
from chengnuo.domain.register.ids import AppId
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.policies import PolicyText
from chengnuo.usecases.inspection.inspections import NoSuchAppError

_HEAD = 2_000
"""Characters at the beginning of a policy in which it names its app."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """The use cases on policies.

    Attributes:
        lexicon: The words by which they are read.
        law: The law.
        knowledge: The SDKs that are known.
        duties: Tells whether a policy says what it has to.
        today: Tells the civil day in the mainland.

    """

    lexicon: Lexicon
    law: Catalogue
    knowledge: Knowledge
    duties: DutiesOf
    today: Callable[[], date]

    def read(self, policy: PolicyText) -> PolicyReading:
        """Return what a policy says."""
        return read_policy(
            policy.document,
            file=policy.file,
            sha256=policy.sha256,
            lexicon=self.lexicon,
            duties=self.duties,
        )

    def report(
        self,
        policy: PolicyText,
        register: Register | None,
        *,
        app: AppId | None = None,
        on: date | None = None,
    ) -> PolicyReport:
        """Return what a policy says, and how it stands to a register.

        Args:
            policy: The policy.
            register: The register to hold it against; None for none.
            app: App of the register that it is of; None for the only one, or the one that the
                policy names first.
            on: Civil day on which waivers count; today if None.

        Raises:
            NoSuchAppError: The register has no such app, or has several and the policy names none.

        """
        reading = self.read(policy)
        if register is None:
            return PolicyReport(reading=reading)
        held = PolicyHeld(
            reading=reading,
            register=register,
            app=_app_of(register, app, policy.text[:_HEAD]),
            catalogue=self.law,
            sdks=self.knowledge.sdks,
        )
        return check_policy(held, today=on or self.today())


def _app_of(register: Register, wanted: AppId | None, head: str) -> App:
    apps = register.app_by_id
    if wanted is not None and wanted in apps:
        return apps[wanted]
    if wanted is None and len(register.apps) == 1:
        return register.apps[0]
    named = [
        (head.find(name), one) for one in register.apps for name in _names(one) if name in head
    ]
    if wanted is not None or not named:
        raise NoSuchAppError(wanted or "", sorted(apps))
    return min(named, key=lambda each: each[0])[1]


def _names(app: App) -> tuple[str, ...]:
    return tuple(name for name in (app.name.zh, app.name.en) if name)
