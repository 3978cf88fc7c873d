"""The group `index-builder`."""

import click

from index_builder.commands.build import build_command
from index_builder.commands.check import check_command
from index_builder.commands.corrections import appeals_group
from index_builder.commands.demo import demo_command
from index_builder.commands.dictionary import dictionary_command
from index_builder.commands.diff import diff_command
from index_builder.commands.export import export_command
from index_builder.commands.inquiries import inquiries_group
from index_builder.commands.inspect import inspect_command, verify_command
from index_builder.commands.keygen import keygen_command
from index_builder.commands.notices import notices_command
from index_builder.commands.publish import publish_command, republish_command
from index_builder.commands.reporting import ReportingGroup
from index_builder.commands.rules import rules_group
from index_builder.commands.why import why_command


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


for command in (
    appeals_group,
    build_command,
    check_command,
    demo_command,
    dictionary_command,
    diff_command,
    export_command,
    inquiries_group,
    inspect_command,
    keygen_command,
    notices_command,
    publish_command,
    republish_command,
    rules_group,
    verify_command,
    why_command,
):
    main.add_command(command)
