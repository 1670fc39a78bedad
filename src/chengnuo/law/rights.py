"""The rights of individuals in the handling of their personal information (PIPL chapter IV)."""

from enum import StrEnum


class Right(StrEnum):
    """A right, named as the law names it."""

    KNOW = "know"
    """知情 (Art. 44)."""

    DECIDE = "decide"
    """决定 (Art. 44)."""

    RESTRICT = "restrict"
    """限制 (Art. 44)."""

    REFUSE = "refuse"
    """拒绝 (Art. 44)."""

    ACCESS = "access"
    """查阅 (Art. 45)."""

    COPY = "copy"
    """复制 (Art. 45)."""

    TRANSFER = "transfer"
    """转移 (Art. 45 para. 3)."""

    CORRECT = "correct"
    """更正 (Art. 46)."""

    SUPPLEMENT = "supplement"
    """补充 (Art. 46)."""

    DELETE = "delete"
    """删除 (Art. 47)."""

    WITHDRAW = "withdraw"
    """撤回同意 (Art. 15)."""

    CANCEL_ACCOUNT = "cancel-account"
    """注销账户 (191号文 6.1)."""

    EXPLAIN_RULES = "explain-rules"
    """解释说明规则 (Art. 48)."""

    CLOSE_RELATIVE = "close-relative"
    """近亲属代行 (Art. 49)."""

    EXPLAIN_AUTOMATED = "explain-automated"
    """自动化决策的说明 (Art. 24 para. 3)."""

    REFUSE_AUTOMATED = "refuse-automated"
    """拒绝仅由自动化决策作出决定 (Art. 24 para. 3)."""
