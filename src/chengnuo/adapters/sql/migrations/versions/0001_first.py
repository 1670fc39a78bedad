"""The first schema: accounts, sessions, register versions, publications, individuals."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "account",
        sa.Column("id", sa.String(24), primary_key=True),
        sa.Column("position", sa.Integer, nullable=False, unique=True),
        sa.Column("name", sa.String(80), nullable=False, unique=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("last_sign_in_at", sa.BigInteger),
        sa.Column("password_hash", sa.Text),
        sa.Column("totp_sealed", sa.LargeBinary),
        sa.Column("totp_last_step", sa.BigInteger, nullable=False),
        sa.Column("issuer", sa.Text),
        sa.Column("subject", sa.Text),
        sa.UniqueConstraint("issuer", "subject", name="account_identity"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("account", sa.String(24), sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("code", sa.String(64), primary_key=True),
    )
    op.create_table(
        "account_event",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("actor", sa.String(24)),
        sa.Column("account", sa.String(24)),
        sa.Column("detail", sa.String(40), nullable=False),
        sa.Column("single_person", sa.Boolean, nullable=False),
    )
    op.create_table(
        "link",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("account", sa.String(24), sa.ForeignKey("account.id")),
        sa.Column("created_by", sa.String(24), sa.ForeignKey("account.id")),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("name_key", sa.String(64), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last_at", sa.BigInteger, nullable=False),
        sa.Column("locked_until", sa.BigInteger),
    )
    op.create_table(
        "staff_session",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(24), sa.ForeignKey("account.id"), nullable=False),
        sa.Column("stage", sa.String(8), nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("pending_totp", sa.LargeBinary),
        sa.Column("tries", sa.Integer, nullable=False),
    )
    op.create_index("staff_session_account", "staff_session", ["account"])
    op.create_table(
        "sign_in_flow",
        sa.Column("state", sa.String(64), primary_key=True),
        sa.Column("browser", sa.String(64), nullable=False),
        sa.Column("nonce", sa.Text, nullable=False),
        sa.Column("verifier", sa.Text, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "register_version",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("by", sa.String(24), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_table(
        "publication",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("register", sa.String(64), nullable=False),
        sa.Column("law", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("by", sa.String(24), nullable=False),
        sa.Column("single_person", sa.Boolean, nullable=False),
    )
    op.create_table(
        "published_file",
        sa.Column(
            "publication", sa.Integer, sa.ForeignKey("publication.position"), primary_key=True
        ),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
    )
    _individual_tables()


def _individual_tables() -> None:
    op.create_table(
        "used_token",
        sa.Column("token_id", sa.String(64), primary_key=True),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "entry_code",
        sa.Column("code", sa.String(64), primary_key=True),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        *_visitor_columns(),
    )
    op.create_table(
        "individual_session",
        sa.Column("token", sa.String(64), primary_key=True),
        *_visitor_columns(),
    )


def _visitor_columns() -> list["sa.Column[object]"]:
    return [
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("app", sa.Text, nullable=False),
        sa.Column("guardian", sa.String(64)),
        sa.Column("birth_date", sa.String(10)),
        sa.Column("authenticated_at", sa.BigInteger),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("session_expires_at", sa.BigInteger, nullable=False),
    ]
