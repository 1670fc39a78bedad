"""What people use: the apps and their services, and the ways to rules, lists and rights."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.register.constraints import AtLeast, NotEmpty
from chengnuo.domain.register.ids import ActivityId, AppId, ServiceId
from chengnuo.law.ids import AppTypeId
from chengnuo.law.rights import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class Platforms:
    """Where the app is found: its package or bundle id per platform.

    Attributes:
        android: Package name.
        ios: Bundle id.
        harmony: Bundle name on HarmonyOS.
        mini_program: App id of a mini program.
        web: Address of the web app.

    """

    android: str | None = None
    ios: str | None = None
    harmony: str | None = None
    mini_program: str | None = None
    web: str | None = None


class MinorsAudience(StrEnum):
    """Whether children under fourteen are expected among the people who use the app."""

    EXPECTED = "expected"
    POSSIBLE = "possible"
    NOT_INTENDED = "not-intended"


class UnknownAge(StrEnum):
    """For whom somebody of unknown age is taken (PIPL Arts. 28, 31)."""

    CHILD = "child"
    """For a child under fourteen, in everything."""
    CHILD_WHERE_SENSITIVE = "child-where-sensitive"
    """For a child in every activity that handles sensitive information."""
    ADULT = "adult"
    """For somebody who decides alone; only with a reason why the risk is low."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Whom the app is for, with regard to minors (PIPL Art. 31).

    Attributes:
        minors_under_14: Whether children under fourteen are expected.
        age_check: How the age is learnt, as it is published.
        unknown_age: What is done while the age is unknown.
        unknown_age_as: For whom somebody of unknown age is taken.
        low_risk: Why the risk of taking them for an adult is low, as it is published.

    """

    minors_under_14: MinorsAudience
    age_check: Text | None = None
    unknown_age: Text | None = None
    unknown_age_as: UnknownAge | None = None
    low_risk: Text | None = None

    @property
    def taken_for(self) -> UnknownAge:
        """For whom somebody of unknown age is taken, by the risk that was declared.

        Without a reason nobody is taken for an adult where children may be among the people, and
        with none where they are expected; where nothing is declared, the audience decides.
        """
        said = self.unknown_age_as
        is_low = self.low_risk is not None and self.minors_under_14 is not MinorsAudience.EXPECTED
        if said is UnknownAge.ADULT and not is_low:
            said = None
        return said or _UNDECLARED[self.minors_under_14]


_UNDECLARED = {
    MinorsAudience.EXPECTED: UnknownAge.CHILD,
    MinorsAudience.POSSIBLE: UnknownAge.CHILD_WHERE_SENSITIVE,
    MinorsAudience.NOT_INTENDED: UnknownAge.ADULT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesAccess:
    """How the processing rules and the two lists are reached (191号文 1.1 to 1.4; 524).

    Attributes:
        rules_path: The way to the rules, as `我 → 设置 → 隐私`.
        rules_taps: Taps from the main screen to the rules.
        collection_list_path: The way to the list of collected information.
        sharing_list_path: The way to the list of information shared with third parties.
        lists_menu_level: Menu level on which both lists stand (1 is the main screen).
        saveable: Whether the rules can be saved or printed (PIPL Art. 17).
        minors_rules_path: The way to the rules for minors under fourteen.

    """

    rules_path: Text
    rules_taps: Annotated[int, AtLeast(0)]
    collection_list_path: Text
    sharing_list_path: Text
    lists_menu_level: Annotated[int, AtLeast(1)]
    saveable: bool = True
    minors_rules_path: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRun:
    """How the first-run notice asks (191号文 1.2, 3.4; PIPL Art. 16).

    Attributes:
        pre_ticked: Whether anything is ticked beforehand.
        equal_buttons: Whether agreeing and refusing are equally easy to see and press.
        leaves_on_refusal: Whether the app closes, or shows nothing, on refusal.
        asks_again_after: How long a refusal is remembered before asking again unasked.
        collects_before: Whether anything is collected before the answer.

    """

    pre_ticked: bool = False
    equal_buttons: bool = True
    leaves_on_refusal: bool = False
    asks_again_after: Period | None = None
    collects_before: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RightPath:
    """The way to exercise one right (PIPL Arts. 44 to 50; 191号文 6.1 to 6.3).

    Attributes:
        right: Which right.
        path: The way inside the app, or the channel.
        taps: Taps from the main screen, where the way is inside the app.
        working_days: Promised time to an answer, in working days; 0 means at once.
        conditions: What has to be so, as it is published.

    """

    right: Right
    path: Text
    taps: Annotated[int, AtLeast(0)] | None = None
    working_days: Annotated[int, AtLeast(0)]
    conditions: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancellation:
    """How an account is cancelled (191号文 6.1, 6.2; pledge item 7).

    Attributes:
        conditions: What has to be so before cancelling; each published.
        cooling_off: How long the individual can still change their mind.
        asks_more_than_registration: Whether it asks for more than registering did.
        sensitive_deleted: Whether sensitive information is gone afterwards.

    """

    conditions: tuple[Text, ...] = ()
    cooling_off: Period | None = None
    asks_more_than_registration: bool = False
    sensitive_deleted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Distributor:
    """A store or platform that hands the app out, and answers for looking at it (26号文).

    Attributes:
        name: Name that people know.
        company: Full name of the legal entity.
        url: Page of the app there.
        contact: How people complain about the app there.

    """

    name: Text
    company: Text
    url: str | None = None
    contact: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """One app of the handler.

    Attributes:
        app: Id of the app; the audience of an individual's token.
        name: Name as in the store.
        platforms: Ids per platform.
        app_types: Common types that the app belongs to (`NPI-05`).
        other_type: What the app is, where none of the 39 types fits.
        audience: Whom it is for, with regard to minors.
        access: How rules and lists are reached.
        first_run: How the first-run notice asks.
        rights: Way to each right.
        cancellation: How an account is cancelled; absent if there are no accounts.
        distributors: Stores and platforms that hand it out.
        rules_updated: Day on which the rules were last changed.
        rules_effective: Day from which the rules apply.

    """

    app: AppId
    name: Text
    platforms: Platforms
    app_types: tuple[AppTypeId, ...] = ()
    other_type: Text | None = None
    audience: Audience
    access: RulesAccess
    first_run: FirstRun
    rights: tuple[RightPath, ...] = ()
    cancellation: Cancellation | None = None
    distributors: tuple[Distributor, ...] = ()
    rules_updated: date
    rules_effective: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What a service cannot run without: one of these activities.

    Attributes:
        any_of: Activities, any one of which is enough. A bare id stands for a single one.

    """

    SHORTHAND: ClassVar[str] = "any_of"

    any_of: Annotated[tuple[ActivityId, ...], NotEmpty()]


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferSpeeds:
    """Least speeds of a cloud drive on a sound network, in kbit/s (292号文 5.5).

    Attributes:
        free_up: Uploading, for free accounts.
        free_down: Downloading, for free accounts.
        paid_up: Uploading, for paid accounts.
        paid_down: Downloading, for paid accounts.
        speed_reason: Why paid accounts are faster, as it is published.

    """

    free_up: Annotated[int, AtLeast(1)]
    free_down: Annotated[int, AtLeast(1)]
    paid_up: Annotated[int, AtLeast(1)]
    paid_down: Annotated[int, AtLeast(1)]
    speed_reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service of an app, basic or extended (GB/T 35273 annex C; 191号文 4.2 to 4.6).

    Attributes:
        service: Id of the service.
        app: App that it belongs to.
        name: What people call it.
        basic: Whether people expect it of the app, so that refusing must not close it.
        app_type: Common type whose basic function this is.
        requires: Activities that it cannot run without; each entry must hold.
        requires_account: Whether it can only be used signed in.
        account_reason: Why an account is needed, as it is published.
        speeds: Least speeds of free and paid accounts, of a cloud drive.

    """

    service: ServiceId
    app: AppId
    name: Text
    basic: bool
    app_type: AppTypeId | None = None
    requires: tuple[Requirement, ...] = ()
    requires_account: bool = False
    account_reason: Text | None = None
    speeds: TransferSpeeds | None = None
