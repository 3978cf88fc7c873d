"""`index-builder rules`: which contact rules there are, as data and in words."""

import click

from index_builder.rules.further_languages import further_languages
from index_builder.rules.rule_files import findings, load_rule_set, rule_set_names, rule_set_text
from index_builder.rules.rule_set import LANGUAGES, RuleSet, Zone

_EXTENT_WORDS = {
    "vehicle": "everyone aboard",
    "carriage": "the same carriage or cabin",
    "unit": "compartments or bays at most {distance} away",
    "rows": "rows at most {distance} away",
    "seats": "rows and seats at most {distance} away",
}
_OWN_WORDS = {
    "unit": "the same compartment or bay",
    "rows": "the same row",
    "seats": "the same seat",
}


@click.command("list")
def list_command() -> None:
    """List every rule set: name, number in the index, disease, look-back, observation, modes."""
    for name in rule_set_names():
        rule_set = load_rule_set(name)
        click.echo(
            f"{name:12}  {rule_set.number:3}  {', '.join(rule_set.diseases):12}  "
            f"back {rule_set.lookback_days:2} d  observe {rule_set.observation_days:2} d  "
            f"{', '.join(rule_set.words)}"
        )


@click.command("show")
@click.argument("name")
def show_command(name: str) -> None:
    """Print the rule set NAME as the file that the builder reads.

    To write a set of your own: index-builder rules show nhc-2020-03 > mine.toml, give it another
    name and a number from 200 to 254, change it, and look at it with rules explain mine.toml.
    """
    load_rule_set(name)
    click.echo(rule_set_text(name), nl=False)


@click.command("explain")
@click.argument("name")
@click.option(
    "--lang",
    default="en",
    show_default=True,
    type=click.Choice((*LANGUAGES, *further_languages())),
    help="Language of the words that citizens read.",
)
def explain_command(name: str, lang: str) -> None:
    """Say in words whom the rule set NAME lists, and what studies say such rules find.

    NAME is that of a shipped set, or the path of your own file: index-builder rules explain
    mine.toml --lang zh-Hans
    """
    rule_set = load_rule_set(name)
    click.echo(f"{rule_set.title} ({rule_set.name})")
    click.echo(f"For: {', '.join(rule_set.diseases)}; it is applied to no other disease.")
    click.echo(f"Source: {rule_set.source}")
    if rule_set.source_note:
        click.echo(f"How sure: {rule_set.source_note}")
    click.echo(_in_force(rule_set))
    click.echo(_trips_counted(rule_set))
    for mode, words in rule_set.words.items():
        click.echo(f"\n{words.get(lang, words['en'])}")
        for zone in rule_set.zones:
            if zone.mode.word == mode:
                click.echo(f"  - {_zone_words(zone)}")
        for study in findings(mode):
            click.echo(f"  Found in practice: {study['finding']} ({study['source']})")
    for tier, steps in rule_set.manifest_entry("")["advice"].items():
        click.echo(f"\nA {tier} contact is told:")
        for step in steps.get(lang, steps["en"]):
            click.echo(f"  - {step}")
    click.echo('\nWhat is not known widens the zone; "not found" is never the same as no risk.')


@click.group("rules", commands=[list_command, show_command, explain_command])
def rules_group() -> None:
    """Show the contact rules that are shipped."""


def _in_force(rule_set: RuleSet) -> str:
    end = f"to {rule_set.in_force_to}" if rule_set.in_force_to else "on"
    return f"In force from {rule_set.in_force_from} {end}."


def _trips_counted(rule_set: RuleSet) -> str:
    observed = (
        f"observation for {rule_set.observation_days} days"
        if rule_set.observation_days
        else "no observation, advice only"
    )
    return (
        f"Trips count from {rule_set.lookback_days} days before {rule_set.lookback_from} until "
        f"isolation; {observed}."
    )


def _extent_words(zone: Zone) -> str:
    """Who is reached; "at most 0 away" is not how anybody says "the same"."""
    if not zone.distance and zone.extent in _OWN_WORDS:
        return _OWN_WORDS[zone.extent]
    return _EXTENT_WORDS[zone.extent].format(distance=zone.distance)


def _zone_words(zone: Zone) -> str:
    """One zone in a line, with every condition that narrows or widens it."""
    conditions = [
        *([f"class {' or '.join(zone.classes)}"] if zone.classes else []),
        *([] if zone.aircon is None else ["sealed" if zone.aircon else "ventilated"]),
        *([] if zone.line is None else ["line only" if zone.line else "vehicle known"]),
        *([f"{zone.minutes_min} minutes or more together"] if zone.minutes_min else []),
    ]
    who = [
        _extent_words(zone),
        *(["crew of that area"] if zone.crew == "area" else []),
        *(["travel companions"] if zone.companions else []),
        *(["every infant aboard"] if zone.infants else []),
    ]
    rest = f"; everyone else aboard: {zone.rest.word}" if zone.rest else ""
    later = (
        f"; who boards after the case left, until the terminus: {zone.until_terminus.word}"
        if zone.until_terminus
        else "; only who was aboard together with the case"
    )
    severe = (
        f"; with severe symptoms of the case, whatever the time: {_EXTENT_WORDS[zone.severe]}"
        if zone.severe
        else ""
    )
    when = f"{', '.join(conditions)}: " if conditions else ""
    return f"{when}{', '.join(who)}: {zone.tier.word}{rest}{later}{severe}"
