"""The group `index-builder`."""

import click

from exposure_index.command_line import LazyCommand
from index_builder.commands.reporting import ReportingGroup

COMMANDS = (
    LazyCommand(
        "build",
        "Write and verify a candidate index from a source directory.",
        "index_builder.commands.build:build_command",
    ),
    LazyCommand(
        "check",
        "Answer for a list of people or for one person, as CSV on standard output.",
        "index_builder.commands.check:check_command",
    ),
    LazyCommand(
        "corrections",
        "Correction requests of citizens: open an export, settle what was decided.",
        "index_builder.commands.corrections:corrections_group",
    ),
    LazyCommand(
        "demo",
        "Write a demonstration source into DIRECTORY.",
        "index_builder.commands.demo:demo_command",
    ),
    LazyCommand(
        "dictionary",
        "Print every column of every table with its owner, sensitivity and retention, as Markdown.",
        "index_builder.commands.dictionary:dictionary_command",
    ),
    LazyCommand(
        "diff",
        "Say what build NEW would change against OLD: who comes, who goes and why.",
        "index_builder.commands.diff:diff_command",
    ),
    LazyCommand(
        "export",
        "Write the contacts whose observation is not over, for another system to follow up.",
        "index_builder.commands.export:export_command",
    ),
    LazyCommand(
        "inquiries",
        "Ask departments what the sources leave open, once, and take in what they answer.",
        "index_builder.commands.inquiries:inquiries_group",
    ),
    LazyCommand(
        "inspect",
        "Show header and coverage of OUT (then its current) or of one build.",
        "index_builder.commands.inspect:inspect_command",
    ),
    LazyCommand(
        "keygen",
        "Write every key into DIRECTORY (mode 0400), and trust.json.",
        "index_builder.commands.keygen:keygen_command",
    ),
    LazyCommand(
        "notices",
        "Read published exposure notices as they come and write them in one form.",
        "index_builder.commands.notices:notices_command",
    ),
    LazyCommand(
        "publish",
        "Verify OUT/BUILD_ID and add your signature.",
        "index_builder.commands.publish:publish_command",
    ),
    LazyCommand(
        "republish",
        "Make an earlier build current again: the way back after a mistake.",
        "index_builder.commands.publish:republish_command",
    ),
    LazyCommand(
        "rules",
        "Show the contact rules that are shipped.",
        "index_builder.commands.rules:rules_group",
    ),
    LazyCommand(
        "verify",
        "Check every checksum and page of OUT (then its current) or of one build.",
        "index_builder.commands.inspect:verify_command",
    ),
    LazyCommand(
        "why",
        "Say which case, rule and source rows list a person, and what did not count and why.",
        "index_builder.commands.why:why_command",
    ),
    LazyCommand(
        "appeals",  # what `corrections` was called; scripts and playbooks may still say it
        "Correction requests of citizens: open an export, settle what was decided.",
        "index_builder.commands.corrections:corrections_group",
        hidden=True,
    ),
)


@click.group(cls=ReportingGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="contact-gauge")
def main() -> None:
    """Join case and transport data and write the keyed exposure index.

    \b
    A first index:
      index-builder demo source
      index-builder keygen keys
      index-builder build --source source --keys keys --out index --publish
      index-builder check --index index --keys keys --people source/people.csv

    \b
    Exit status: 0 done, 2 usage, 10 bad input data, 11 refused (signature,
    checksum, key, canary, rollback), 12 engine or store unavailable, 1 a bug.
    """


main.add_commands(COMMANDS)
