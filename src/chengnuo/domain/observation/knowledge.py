"""All knowledge that a package is inspected with, and which state of it.

A value. An adapter reads it from the data files once; its version stands in every report.
"""

from dataclasses import dataclass

from chengnuo.base.digest import short
from chengnuo.domain.observation.ad_words import AdWords
from chengnuo.domain.observation.api_catalogue import ApiCatalogue
from chengnuo.domain.observation.consent_gates import ConsentGates
from chengnuo.domain.observation.consent_words import ConsentWords
from chengnuo.domain.observation.framework_calls import FrameworkCalls
from chengnuo.domain.observation.host_catalogue import HostCatalogue
from chengnuo.domain.observation.packer_catalogue import PackerCatalogue
from chengnuo.domain.observation.permission_catalogue import PermissionCatalogue
from chengnuo.domain.observation.policy_words import PolicyWords
from chengnuo.domain.observation.script_calls import ScriptCalls
from chengnuo.domain.observation.sdk_catalogue import SdkCatalogue
from chengnuo.domain.observation.string_signs import StringSigns
from chengnuo.domain.observation.wake_signs import WakeSigns


@dataclass(frozen=True, slots=True)
class KnowledgeVersion:
    """Which state of the knowledge: the month of its facts and the SHA-256 of its files."""

    date: str
    digest: str

    def __str__(self) -> str:
        return f"{self.date} · {short(self.digest)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What is known of calls, strings, permissions, SDKs, packers, hosts and the system."""

    version: KnowledgeVersion
    apis: ApiCatalogue
    strings: StringSigns
    permissions: PermissionCatalogue
    sdks: SdkCatalogue
    packers: PackerCatalogue
    hosts: HostCatalogue
    wakes: WakeSigns
    framework: FrameworkCalls
    gates: ConsentGates
    words: ConsentWords
    ad_words: AdWords
    policy_words: PolicyWords
    script_calls: ScriptCalls
