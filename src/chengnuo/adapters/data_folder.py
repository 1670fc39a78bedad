"""The data folder of an installation: a database and the keys beside it."""

from dataclasses import dataclass
from pathlib import Path

from chengnuo.adapters.keys import Keys, open_keys
from chengnuo.adapters.sql.accounts import SqlAccounts
from chengnuo.adapters.sql.api_keys import SqlApiKeys
from chengnuo.adapters.sql.automated import SqlAutomated
from chengnuo.adapters.sql.borders import SqlBorders
from chengnuo.adapters.sql.consent_figures import SqlConsentFigures
from chengnuo.adapters.sql.consents import SqlConsents
from chengnuo.adapters.sql.control_runs import SqlControlRuns
from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.dossiers import SqlDossiers
from chengnuo.adapters.sql.individuals import SqlIndividuals
from chengnuo.adapters.sql.kit_vettings import SqlKitVettings
from chengnuo.adapters.sql.releases import SqlReleases
from chengnuo.adapters.sql.rights import SqlRights
from chengnuo.adapters.sql.rights_callbacks import SqlCallbacks
from chengnuo.adapters.sql.rights_figures import SqlRightsFigures
from chengnuo.adapters.sql.rights_holds import SqlHolds
from chengnuo.adapters.sql.rights_notifications import SqlNotifications
from chengnuo.adapters.sql.rights_outside import (
    SqlOutside,
    SqlSuppressions,
)
from chengnuo.adapters.sql.saved_filters import SqlSavedFilters
from chengnuo.adapters.sql.sessions import SqlSessions, SqlSignInFlows
from chengnuo.adapters.sql.sweeping import SqlSweep
from chengnuo.adapters.sql.uses import SqlUses
from chengnuo.adapters.sql.versions import SqlVersions
from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.ports.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFolder:
    """Everything that is kept in a data folder."""

    database: Database
    keys: Keys
    accounts: SqlAccounts
    sessions: SqlSessions
    flows: SqlSignInFlows
    individuals: SqlIndividuals
    consents: SqlConsents
    consent_figures: SqlConsentFigures
    uses: SqlUses
    versions: SqlVersions
    sweep: SqlSweep
    api_keys: SqlApiKeys
    rights: SqlRights
    rights_outside: SqlOutside
    callbacks: SqlCallbacks
    suppressions: SqlSuppressions
    holds: SqlHolds
    rights_figures: SqlRightsFigures
    notifications: SqlNotifications
    releases: SqlReleases
    kits: SqlKitVettings
    automated: SqlAutomated
    dossiers: SqlDossiers
    borders: SqlBorders
    controls: SqlControlRuns
    saved_filters: SqlSavedFilters

    def close(self) -> None:
        """Close the database."""
        self.database.close()


def open_data_folder(
    folder: Path,
    *,
    signing_key_file: Path | None,
    clock: Clock,
    database: Database | None = None,
) -> DataFolder:
    """Open a data folder, making what is not there yet.

    Args:
        folder: The data folder.
        signing_key_file: Where the signing key is; None for a file in the folder.
        clock: Tells what has expired.
        database: In the place of the SQLite file of the folder, which is then not made.

    Raises:
        DataNewerThanProgramError: A newer program wrote the folder; nothing was changed.
        NotADataFolderError: The path holds something else; nothing was changed.
        DatabaseUnavailableError: The folder cannot be written to.
        KeyFileError: A key file cannot be used.

    """
    database = SqliteDatabase(folder) if database is None else database
    keys = open_keys(folder / "keys", signing_key_file=signing_key_file)
    return DataFolder(
        database=database,
        keys=keys,
        accounts=SqlAccounts(database),
        sessions=SqlSessions(database),
        flows=SqlSignInFlows(database),
        individuals=SqlIndividuals(database, keys.sealer),
        consents=SqlConsents(database),
        consent_figures=SqlConsentFigures(database),
        uses=SqlUses(database),
        versions=SqlVersions(database),
        sweep=SqlSweep(database, clock),
        api_keys=SqlApiKeys(database),
        rights=SqlRights(database, keys.sealer),
        rights_outside=SqlOutside(database),
        callbacks=SqlCallbacks(database),
        suppressions=SqlSuppressions(database),
        holds=SqlHolds(database),
        rights_figures=SqlRightsFigures(database),
        notifications=SqlNotifications(database),
        releases=SqlReleases(database),
        kits=SqlKitVettings(database),
        automated=SqlAutomated(database),
        dossiers=SqlDossiers(database, keys.sealer),
        borders=SqlBorders(database),
        controls=SqlControlRuns(database),
        saved_filters=SqlSavedFilters(database),
    )
