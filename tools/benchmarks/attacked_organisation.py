"""An organisation for `make bench-attacks`: its key is what the attackers have stolen.

    python -m tools.benchmarks.attacked_organisation SLUG HEADCOUNT POLICY

Makes it in the records that the settings name, and prints `{"api_key", "quota"}`.
"""

import json
import sys
from datetime import UTC, datetime

from app.organisations.api_keys import ApiKeys, Scope
from app.organisations.directory import NewOrganisation, OrganisationDirectory
from app.organisations.policy import Policy
from app.records.database import open_records
from app.settings import read_settings


def main(slug: str, headcount: str, policy: str) -> int:
    """Make it; return the exit code."""
    settings = read_settings()
    records = open_records(settings)
    try:
        records.upgrade()
        directory = OrganisationDirectory(records)
        new = NewOrganisation(slug, slug, int(headcount), policy=Policy(policy))
        made = directory.create(new, datetime.now(UTC).date())
        text, _ = ApiKeys(records, settings).issue(made.id, "attacked", "stolen", frozenset(Scope))
        print(json.dumps({"api_key": text, "quota": made.quota}))
    finally:
        records.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
