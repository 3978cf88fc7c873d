"""What attacks cost under the shipped settings: `python -m tools.threat_prices [--json]`.

Prints the tables of docs/threat-model.md, which a test holds equal to this output. Prices of the
outside world are assumptions, stated below; everything else comes from the settings' defaults.
"""

import json
import math
import sys
from dataclasses import asdict, dataclass

from app.organisations.directory import usual_quota
from app.organisations.policy import LEAST_PEOPLE_FOR_COUNTS, ROUNDED_TO
from app.phones.verifier import EVALUATIONS_OF_A_DOCUMENT
from app.proofs.work import EASIEST_PART
from app.query.private.evaluations_api import NAMES_OF_AN_EVALUATION
from app.records.organisations.quota_sketches import QUOTA_DAYS
from app.settings import Settings
from loadtests.command_line import command_parser

DAY_SECONDS = 86_400
YEAR_DAYS = 365
HEADCOUNTS = (300, 12_000, 1_000_000)  # of organisations whose account or key is stolen
ROLL = 1_000_000
MEAN_OF_THE_MOST = 0.75  # the counter sought lies between half of the most and the most

ADDRESS_DAY_DOLLARS = 0.03  # a rented address, by the month
SIM_DOLLARS = 2.0  # a prepaid card that takes messages
GRAPHICS_HASHES_A_SECOND = 2e10  # SHA-256 on one large graphics card
GRAPHICS_HOUR_DOLLARS = 0.4
PHONE_HASHES_A_SECOND = 5e4  # in the browser of an old phone
PHONE_IDENTITIES = 3  # a phone and day, where phone verification is on


@dataclass(frozen=True)
class Attack:
    """One attacker's work: checks, and of how many names of a document.

    privately: through the private check, where nobody can tell one document from another. An
    evaluation takes three inputs: a document and its two names, or three names of one document.
    """

    name: str
    checks: float
    names_of_a_document: int = 1
    privately: bool = False


@dataclass(frozen=True)
class Price:
    """What it takes to be done in ``days``: addresses, proofs of one name each, dollars, phones."""

    days: float
    addresses: int
    proofs: float
    dollars: float
    phones: int


ATTACKS = (
    Attack("all 10^11 numbers, one name each", 1e11),
    Attack("a leaked roll of 1,000 people", 1e3),
    Attack("a leaked roll of 1,000,000 people", 1e6),
    Attack("a leaked roll of 100,000,000 people", 1e8),
    Attack("one person, number and name known", 1),
    Attack("one person, name, birthday, sex and district known", 500),
    Attack("one person, number known, 100,000 names tried", 1e5, 100_000),
    # three names an evaluation, and the document alone once: it tells the bucket
    Attack("… through the private check", 33_334, 100_000, privately=True),
    Attack("a leaked roll of 1,000,000 people, through the private check", 1e6, privately=True),
)


@dataclass(frozen=True)
class Rates:
    """What one address and all together are admitted in a day, by the settings."""

    free: float
    proven: float
    waited: float
    everywhere: float
    names: int
    names_free: int
    window_free: int
    window_proven: int
    window_waited: int
    proof_hashes_least: float
    proof_hashes_most: float


def rates_of(settings: Settings) -> Rates:
    """Return the rates of some settings."""
    windows = DAY_SECONDS / settings.network_checks_seconds
    most = settings.proof_hashes * MEAN_OF_THE_MOST
    return Rates(
        free=settings.network_checks * windows,
        proven=settings.network_checks_proven * windows,
        waited=settings.network_checks_waited * windows,
        everywhere=settings.checks_per_second * DAY_SECONDS,
        names=settings.names_per_document_proven,
        names_free=settings.names_per_document,
        window_free=settings.network_checks,
        window_proven=settings.network_checks_proven,
        window_waited=settings.network_checks_waited,
        proof_hashes_least=most / EASIEST_PART,
        proof_hashes_most=most,
    )


def price(attack: Attack, rates: Rates) -> Price:
    """Return the price of an attack done in one day, or in as many as the common ceiling forces.

    The fewest addresses are taken, and what is not free on them is proved.
    """
    days = max(1.0, attack.checks / rates.everywhere)
    guesses_names = attack.names_of_a_document > rates.names and not attack.privately
    paid = NAMES_OF_AN_EVALUATION if attack.privately else 1
    of_an_address = rates.names if guesses_names else rates.free + rates.proven / paid
    free = rates.names_free if guesses_names else rates.free
    addresses = math.ceil(attack.checks / (of_an_address * days))
    proofs = max(0.0, attack.checks - addresses * days * free) * paid
    graphics_hours = proofs * rates.proof_hashes_most / GRAPHICS_HASHES_A_SECOND / 3_600
    dollars = addresses * days * ADDRESS_DAY_DOLLARS + graphics_hours * GRAPHICS_HOUR_DOLLARS
    of_a_phone = PHONE_IDENTITIES * (EVALUATIONS_OF_A_DOCUMENT if attack.privately else 1)
    phones = math.ceil(attack.checks / (of_a_phone * days))
    return Price(days, addresses, proofs, dollars, phones)


def tables(settings: Settings) -> str:
    """Return every table as Markdown."""
    rates = rates_of(settings)
    lines = [
        "| by the shipped settings | |",
        "|---|---|",
        f"| one address, free | {rates.window_free:,} in {settings.network_checks_seconds} s, "
        f"{rates.free:,.0f} a day |",
        f"| … against proofs of work | {rates.window_proven:,} more, {rates.proven:,.0f} a day |",
        f"| … against waiting {settings.wait_seconds} s or longer | {rates.window_waited:,} more, "
        f"{rates.waited:,.0f} a day |",
        f"| an IPv6 /64; its /56, its /48 | as one address; as {settings.ipv6_56_times}, as "
        f"{settings.ipv6_48_times} |",
        f"| all addresses together | {settings.checks_per_second:,} a second, "
        f"{rates.everywhere:,.0f} a day |",
        f"| names of one document, one address and day | {rates.names_free} free, {rates.names} "
        "at all |",
        f"| one proof of work | {rates.proof_hashes_least:,.0f} to {rates.proof_hashes_most:,.0f} "
        "hashes on average |",
        f"| … on an old phone | {rates.proof_hashes_least / PHONE_HASHES_A_SECOND:.1f} to "
        f"{rates.proof_hashes_most / PHONE_HASHES_A_SECOND:.1f} s on average, "
        f"{settings.proof_hashes / PHONE_HASHES_A_SECOND:.1f} s at most |",
        f"| … on a graphics card | "
        f"{rates.proof_hashes_most / GRAPHICS_HASHES_A_SECOND * 1e6:.1f} µs |",
        "",
        "| attacker | checks | days | addresses | proofs | dollars | telephones, if verified |",
        "|---|---|---|---|---|---|---|",
    ]
    for attack in ATTACKS:
        cost = price(attack, rates)
        lines.append(
            f"| {attack.name} | {attack.checks:,.0f} | {cost.days:,.0f} | {cost.addresses:,} | "
            f"{cost.proofs:,.0f} | {cost.dollars:,.2f} | {cost.phones:,}, "
            f"{cost.phones * SIM_DOLLARS:,.0f} dollars |"
        )
    return "\n".join([*lines, "", *organisation_table(rates)])


def organisation_table(rates: Rates) -> list[str]:
    """Return what a stolen account or key of an organisation asks for, beside other ways to it.

    The quota is all there is of new identities in a fortnight; nothing is left for the owner then.
    """
    lines = [
        f"| stolen account or key of an organisation of | identities in {QUOTA_DAYS} days | in a "
        f"year | days for a leaked roll of {ROLL:,} | years for all 10^11 numbers | the same "
        "identities from rented addresses, dollars | … telephones verified, dollars |",
        "|---|---|---|---|---|---|---|",
    ]
    for headcount in HEADCOUNTS:
        quota = usual_quota(headcount)
        address_days = math.ceil(quota / rates.free)
        phones = math.ceil(quota / (PHONE_IDENTITIES * QUOTA_DAYS))
        lines.append(
            f"| {headcount:,} | {quota:,} | {quota * YEAR_DAYS / QUOTA_DAYS:,.0f} | "
            f"{1 + math.ceil(ROLL / quota - 1) * QUOTA_DAYS:,} | "
            f"{1e11 / quota * QUOTA_DAYS / YEAR_DAYS:,.0f} | "
            f"{address_days * ADDRESS_DAY_DOLLARS:,.2f} | {phones * SIM_DOLLARS:,.0f} |"
        )
    lines.append(
        f"| any, counts only | none | | | | one person a set of builds, for who fills a list of "
        f"{LEAST_PEOPLE_FOR_COUNTS} and knows {ROUNDED_TO // 2} who are listed | |"
    )
    return lines


def shipped() -> Settings:
    """Return the settings as shipped, whatever this shell holds."""
    defaults = {
        name: field.get_default(call_default_factory=True, validated_data={})
        for name, field in Settings.model_fields.items()
    }
    return Settings.model_construct(**defaults)


def main(arguments: list[str]) -> int:
    """Print the tables, or the rates as JSON for the benchmark."""
    parser = command_parser(__doc__)
    parser.add_argument("--json", action="store_true", help="the rates, for the benchmark")
    as_json = parser.parse_args(arguments).json
    settings = shipped()
    if as_json:
        print(json.dumps(asdict(rates_of(settings))))
        return 0
    print(tables(settings))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
