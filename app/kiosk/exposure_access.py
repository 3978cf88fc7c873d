"""Whether the kiosks of an organisation may see exposures: as the authority and it itself allow.

Threat: kiosks tell an organisation one by one what the authority lets it learn as counts only.
Limit: the policy of the authority comes first; what an organisation sets can only take away.
"""

from sqlalchemy import Connection

from app.organisations.policy import tells_individuals
from app.records.encrypted_fields import FieldCipher
from app.records.kiosks.settings import stored_settings
from app.records.organisations.organisations import Organisation

EXPOSURE = "exposure"


def sees_exposures(connection: Connection, cipher: FieldCipher, organisation: Organisation) -> bool:
    """Return whether kiosks of an organisation see exposures; without a setting they do."""
    if not tells_individuals(organisation.policy):
        return False
    return stored_settings(connection, cipher, organisation.id).get(EXPOSURE, True) is True
