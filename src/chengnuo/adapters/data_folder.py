"""The data folder of an installation: one database file and the keys beside it."""

from dataclasses import dataclass
from pathlib import Path

from chengnuo.adapters.keys import Keys, open_keys
from chengnuo.adapters.sqlite.accounts import SqliteAccounts
from chengnuo.adapters.sqlite.api_keys import SqliteApiKeys
from chengnuo.adapters.sqlite.automated import SqliteAutomated
from chengnuo.adapters.sqlite.borders import SqliteBorders
from chengnuo.adapters.sqlite.consent_figures import SqliteConsentFigures
from chengnuo.adapters.sqlite.consents import SqliteConsents
from chengnuo.adapters.sqlite.control_runs import SqliteControlRuns
from chengnuo.adapters.sqlite.database import Database
from chengnuo.adapters.sqlite.dossiers import SqliteDossiers
from chengnuo.adapters.sqlite.individuals import SqliteIndividuals
from chengnuo.adapters.sqlite.kit_vettings import SqliteKitVettings
from chengnuo.adapters.sqlite.releases import SqliteReleases
from chengnuo.adapters.sqlite.rights import SqliteRights
from chengnuo.adapters.sqlite.rights_callbacks import SqliteCallbacks
from chengnuo.adapters.sqlite.rights_figures import SqliteRightsFigures
from chengnuo.adapters.sqlite.rights_holds import SqliteHolds
from chengnuo.adapters.sqlite.rights_notifications import SqliteNotifications
from chengnuo.adapters.sqlite.rights_outside import (
    SqliteOutside,
    SqliteSuppressions,
)
from chengnuo.adapters.sqlite.saved_filters import SqliteSavedFilters
from chengnuo.adapters.sqlite.sessions import SqliteSessions, SqliteSignInFlows
from chengnuo.adapters.sqlite.sweeping import SqliteSweep
from chengnuo.adapters.sqlite.uses import SqliteUses
from chengnuo.adapters.sqlite.versions import SqliteVersions
from chengnuo.ports.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFolder:
    """Everything that is kept in a data folder."""

    database: Database
    keys: Keys
    accounts: SqliteAccounts
    sessions: SqliteSessions
    flows: SqliteSignInFlows
    individuals: SqliteIndividuals
    consents: SqliteConsents
    consent_figures: SqliteConsentFigures
    uses: SqliteUses
    versions: SqliteVersions
    sweep: SqliteSweep
    api_keys: SqliteApiKeys
    rights: SqliteRights
    rights_outside: SqliteOutside
    callbacks: SqliteCallbacks
    suppressions: SqliteSuppressions
    holds: SqliteHolds
    rights_figures: SqliteRightsFigures
    notifications: SqliteNotifications
    releases: SqliteReleases
    kits: SqliteKitVettings
    automated: SqliteAutomated
    dossiers: SqliteDossiers
    borders: SqliteBorders
    controls: SqliteControlRuns
    saved_filters: SqliteSavedFilters

    def close(self) -> None:
        """Close the database."""
        self.database.close()


def open_data_folder(folder: Path, *, signing_key_file: Path | None, clock: Clock) -> DataFolder:
    """Open a data folder, making what is not there yet.

    Args:
        folder: The data folder.
        signing_key_file: Where the signing key is; None for a file in the folder.
        clock: Tells what has expired.

    Raises:
        DataNewerThanProgramError: A newer program wrote the folder; nothing was changed.
        NotADataFolderError: The path holds something else; nothing was changed.
        DatabaseUnavailableError: The folder cannot be written to.
        KeyFileError: A key file cannot be used.

    """
    database = Database(folder)
    keys = open_keys(folder / "keys", signing_key_file=signing_key_file)
    return DataFolder(
        database=database,
        keys=keys,
        accounts=SqliteAccounts(database),
        sessions=SqliteSessions(database),
        flows=SqliteSignInFlows(database),
        individuals=SqliteIndividuals(database, keys.sealer),
        consents=SqliteConsents(database),
        consent_figures=SqliteConsentFigures(database),
        uses=SqliteUses(database),
        versions=SqliteVersions(database),
        sweep=SqliteSweep(database, clock),
        api_keys=SqliteApiKeys(database),
        rights=SqliteRights(database, keys.sealer),
        rights_outside=SqliteOutside(database),
        callbacks=SqliteCallbacks(database),
        suppressions=SqliteSuppressions(database),
        holds=SqliteHolds(database),
        rights_figures=SqliteRightsFigures(database),
        notifications=SqliteNotifications(database),
        releases=SqliteReleases(database),
        kits=SqliteKitVettings(database),
        automated=SqliteAutomated(database),
        dossiers=SqliteDossiers(database, keys.sealer),
        borders=SqliteBorders(database),
        controls=SqliteControlRuns(database),
        saved_filters=SqliteSavedFilters(database),
    )
