"""The names that things in a register have: kebab-case, unique within their kind."""

from typing import NewType

HandlerId = NewType("HandlerId", str)
AppId = NewType("AppId", str)
ServiceId = NewType("ServiceId", str)
ActivityId = NewType("ActivityId", str)
RecipientId = NewType("RecipientId", str)
StoreId = NewType("StoreId", str)
AgreementId = NewType("AgreementId", str)
AssessmentId = NewType("AssessmentId", str)
SwitchId = NewType("SwitchId", str)
ModelId = NewType("ModelId", str)
NoticeId = NewType("NoticeId", str)
SdkWaiverId = NewType("SdkWaiverId", str)

TableRef = NewType("TableRef", str)
"""A table of a store, `store.table`."""

Version = NewType("Version", str)
"""SHA-256 of a register's canonical JSON, 64 hex digits."""
