"""The register: the one place that says what is done with personal information, and why it may.

A register is a value. Everything that people, programs and authorities see is derived from it;
nothing is written twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.app import App, Service
from chengnuo.domain.register.decision_model import DecisionModel
from chengnuo.domain.register.governance import ImpactAssessment, OwnNotice, Switch
from chengnuo.domain.register.handler import Handler
from chengnuo.domain.register.ids import (
    ActivityId,
    AgreementId,
    AppId,
    AssessmentId,
    ModelId,
    RecipientId,
    ServiceId,
    StoreId,
    SwitchId,
)
from chengnuo.domain.register.recipient import Agreement, Recipient, SdkWaiver
from chengnuo.domain.register.store import Store


@dataclass(frozen=True, kw_only=True)
class Register:
    """One handler's register; every id that it mentions is in it.

    Attributes:
        handler: The handler that the register speaks for.
        apps: Its apps.
        services: Services of the apps.
        activities: Processing activities.
        recipients: Parties that get personal information.
        stores: Where it is kept.
        agreements: Agreements with recipients.
        assessments: Impact assessments.
        switches: Switches of the apps.
        models: Models and decision rules behind automated decisions.
        notices: The operator's own paragraphs.
        sdk_waivers: Exceptions for SDKs, each with an end.

    """

    handler: Handler
    apps: tuple[App, ...]
    services: tuple[Service, ...] = ()
    activities: tuple[ProcessingActivity, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    stores: tuple[Store, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    assessments: tuple[ImpactAssessment, ...] = ()
    switches: tuple[Switch, ...] = ()
    models: tuple[DecisionModel, ...] = ()
    notices: tuple[OwnNotice, ...] = ()
    sdk_waivers: tuple[SdkWaiver, ...] = ()

    @cached_property
    def app_by_id(self) -> dict[AppId, App]:
        """The apps by their ids."""
        return {app.app: app for app in self.apps}

    @cached_property
    def service_by_id(self) -> dict[ServiceId, Service]:
        """The services by their ids."""
        return {service.service: service for service in self.services}

    @cached_property
    def activity_by_id(self) -> dict[ActivityId, ProcessingActivity]:
        """The activities by their ids."""
        return {activity.activity: activity for activity in self.activities}

    @cached_property
    def recipient_by_id(self) -> dict[RecipientId, Recipient]:
        """The recipients by their ids."""
        return {recipient.recipient: recipient for recipient in self.recipients}

    @cached_property
    def store_by_id(self) -> dict[StoreId, Store]:
        """The stores by their ids."""
        return {store.store: store for store in self.stores}

    @cached_property
    def agreement_by_id(self) -> dict[AgreementId, Agreement]:
        """The agreements by their ids."""
        return {agreement.agreement: agreement for agreement in self.agreements}

    @cached_property
    def assessment_by_id(self) -> dict[AssessmentId, ImpactAssessment]:
        """The assessments by their ids."""
        return {assessment.assessment: assessment for assessment in self.assessments}

    @cached_property
    def switch_by_id(self) -> dict[SwitchId, Switch]:
        """The switches by their ids."""
        return {switch.switch: switch for switch in self.switches}

    @cached_property
    def model_by_id(self) -> dict[ModelId, DecisionModel]:
        """The models and decision rules by their ids."""
        return {model.model: model for model in self.models}

    def models_of(self, activity: ActivityId) -> Iterator[DecisionModel]:
        """Yield the models and decision rules that serve an activity."""
        for model in self.models:
            if activity in model.activities:
                yield model

    def decides_majorly(self, activity: ActivityId) -> bool:
        """Tell whether an activity decides automatically with major effect (PIPL Art. 24)."""
        found = self.activity_by_id.get(activity)
        says_so = found is not None and found.automated is not None and found.automated.major_effect
        return says_so or any(model.major_effect for model in self.models_of(activity))

    def recipients_of(self, activity: ProcessingActivity) -> Iterator[Recipient]:
        """Yield the recipients of an activity, each once, in the order written."""
        for recipient in dict.fromkeys(activity.recipients):
            yield self.recipient_by_id[recipient]

    def activities_with(self, recipient: RecipientId) -> Iterator[ProcessingActivity]:
        """Yield the activities that name a recipient."""
        for activity in self.activities:
            if recipient in activity.recipients:
                yield activity

    def activities_of(self, app: AppId) -> Iterator[ProcessingActivity]:
        """Yield the activities of an app's services."""
        for activity in self.activities:
            if self.service_by_id[activity.service].app == app:
                yield activity
