"""The topics that a policy has to speak of."""

from enum import StrEnum


class Topic(StrEnum):
    """One thing that a policy owes its readers."""

    HANDLER = "handler"
    PURPOSES = "purposes"
    RETENTION = "retention"
    RIGHTS = "rights"
    WITHDRAWAL = "withdrawal"
    MINORS = "minors"
    SHARING = "sharing"
    SDK_LIST = "sdk-list"
    CROSS_BORDER = "cross-border"
    AUTOMATED_DECISION = "automated-decision"
    SECURITY = "security"
    CHANGE = "change"
    COMPLAINT = "complaint"
