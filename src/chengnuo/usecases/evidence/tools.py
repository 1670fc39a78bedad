"""What the command line does with a log: the use cases joined, to read it or to write it."""

from collections.abc import Callable
from dataclasses import dataclass

from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.domain.register.reading import LoadedRegister
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.api_keys import ApiKeyStore
from chengnuo.ports.borders import BordersKept
from chengnuo.ports.consents import ConsentStore
from chengnuo.ports.evidence_keys import KeyHolder
from chengnuo.ports.evidence_log import EvidenceLog, LogReader
from chengnuo.ports.evidence_payloads import Payloads
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.kit_vettings import KitStore
from chengnuo.ports.log_verifier import LogVerifier
from chengnuo.ports.planes import PlanesMapped
from chengnuo.ports.secrets import Signer, Tokens
from chengnuo.ports.statements import Statements
from chengnuo.ports.uses import UseStore
from chengnuo.ports.witnessing import StampStore
from chengnuo.usecases.evidence.log_keys import LogKeyChange
from chengnuo.usecases.evidence.proving import Prover
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.evidence.witnessing import Witnessing


def no_planes() -> None:
    """Return no planes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A log opened to read it.

    Attributes:
        log: The log.
        payloads: Opens payloads.
        prover: Makes proofs.
        stamps: What witnesses and authorities said.
        verifier: The separate verifier.
        person: Turns an account id into the key under which it is known here.
        is_signed: Tells whether a checkpoint bears a good signature of this log.
        register_of: Returns the register of a kept version.
        catalogue: The law catalogue.
        api_keys: Keeps API keys.
        consents: Keeps what is known of individuals from elsewhere than the log.
        tokens: Makes their secrets.
        kits: Keeps the vettings of kits.
        sdk_dossiers: Returns the vettings of SDKs in dossiers.
        uses: Counts what was done with information.
        borders: Keeps whose information went abroad.
        signer: Signs with the installation's key; None where nothing is signed.
        planes: Maps the planes of a running service; returns None where there are none.

    """

    log: LogReader
    payloads: Payloads
    prover: Prover
    stamps: StampStore
    verifier: LogVerifier
    person: Callable[[str], PersonKey]
    is_signed: Callable[[SignedCheckpoint], bool]
    register_of: Callable[[str], LoadedRegister]
    catalogue: Catalogue
    api_keys: ApiKeyStore
    consents: ConsentStore
    tokens: Tokens
    kits: KitStore
    sdk_dossiers: Callable[[], tuple[Dossier, ...]]
    uses: UseStore
    borders: BordersKept
    signer: Signer | None = None
    planes: Callable[[], PlanesMapped | None] = no_planes


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """A log opened to write it.

    Attributes:
        reading: What can be done without writing.
        log: The log.
        recorder: Records acts.
        keys: Changes the log's key.
        witnessing: Asks witnesses and authorities.
        is_new: Whether the log was made just now.
        statements: Keeps statements that were recorded.
        key_holder: Who holds the epoch keys; it says where, and whether it forgets.

    """

    reading: Reading
    log: EvidenceLog
    recorder: Recorder
    keys: LogKeyChange
    witnessing: Witnessing
    is_new: bool
    statements: Statements
    key_holder: KeyHolder
