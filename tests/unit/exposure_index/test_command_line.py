"""Both programs: a list of commands loads none of them, and what a command loads is listed here."""

import subprocess
import sys

import click
import pytest

from app.commands import COMMANDS as GAUGE
from app.commands import gauge
from exposure_index.command_line import LazyCommand, LazyGroup
from index_builder.commands.main import COMMANDS as INDEX_BUILDER
from index_builder.commands.main import main as index_builder
from tests.fixtures.patience import PATIENCE_SECONDS

OURS = {"app", "exposure_index", "index_builder", "tables"}
LOGS = {"structlog", "rich", "pygments", "greenlet"}  # structlog's optional ones where they are
SETTINGS = {
    *("annotated_types", "babel", "dotenv", "pydantic", "pydantic_core", "pydantic_settings"),
    *("pytz", "typing_extensions", "typing_inspection"),
}
KEYS = {"_cffi_backend", "_openssl", "cryptography", "rfc8785"}
IDENTITY = {"stdnum"}
PRIVATE_CHECK = {"voprf"}
# of the test itself: an editable install, and what a compiled module leaves behind
UNNAMED = (
    "__main__",
    "__mp_main__",
    "_distutils_hack",
    "_editable_impl",
    "_sysconfigdata",
    "_cython_",
    "cython_runtime",
)


def loaded_by(code: str, *arguments: str, **environment: str) -> set[str]:
    """Return the packages that are loaded in the end, without those of Python's own library."""
    ending = "\nfinally:\n    print('LOADED', *sys.modules, file=sys.stderr)\n"
    body = "".join(f"\n    {line}" for line in code.splitlines())
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\ntry:{body}{ending}", *arguments],
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    assert "Traceback" not in done.stderr, done.stderr
    named = done.stderr.partition("LOADED ")[2].split()
    tops = {name.partition(".")[0] for name in named}
    return {top for top in tops - sys.stdlib_module_names if not top.startswith(UNNAMED)}


def loaded_by_command(program: str, *arguments: str, **environment: str) -> set[str]:
    module = "app.commands" if program == "gauge" else "index_builder.commands"
    code = f"from {module} import main\nmain(sys.argv[1:])"
    return loaded_by(code, *arguments, **environment)


@pytest.mark.parametrize("program", ["gauge", "index-builder"])
def test_the_list_of_commands_loads_none_of_them(program):
    assert set() == loaded_by_command(program, "--help") - {*OURS, "click"}


ALL_HELP = """
from click.testing import CliRunner
from {module} import COMMANDS
def show(command):
    command = command.load() if hasattr(command, 'load') else command
    assert 0 == CliRunner().invoke(command, ['--help']).exit_code
    for one in getattr(command, 'commands', dict()).values():
        show(one)
for one in COMMANDS:
    show(one)
"""


@pytest.mark.parametrize("module", ["app.commands", "index_builder.commands.main"])
def test_no_help_loads_a_database_an_engine_or_a_framework(module):
    loaded = loaded_by(ALL_HELP.format(module=module))
    assert set() == loaded - {*OURS, *KEYS, *IDENTITY, "click", "xlsxwriter", "python_calamine"}


@pytest.mark.parametrize(
    ("command", "allowed"),
    [
        ("gauge authorities list", LOGS | SETTINGS),
        ("gauge clock show", LOGS | SETTINGS),
        ("gauge manifest save nowhere --out kept.json", LOGS | KEYS | IDENTITY | PRIVATE_CHECK),
        ("gauge settings", LOGS | SETTINGS),
        ("index-builder dictionary", set()),
        ("index-builder keygen keys", KEYS),
        ("index-builder rules explain nhc-2020-03", set()),
        ("index-builder rules list", set()),
        ("index-builder rules show nhc-2020-03", set()),
    ],
)
def test_a_light_command_loads_what_it_needs_alone(tmp_path, monkeypatch, command, allowed):
    monkeypatch.chdir(tmp_path)
    loaded = loaded_by_command(*command.split(), GAUGE_STATE_DIR=str(tmp_path))
    assert set() == loaded - {*OURS, "click"} - allowed


@pytest.mark.parametrize("command", ["inspect", "verify", "check"])
def test_an_index_is_read_without_an_engine(published, command):
    person = ("--id-type", "passport", "--id-number", "X1", "--name", "Ana")
    index, keys = published.index, published.root / "keys"
    arguments = {
        "inspect": (index,),
        "verify": (index, "--keys", keys),
        "check": ("--index", index, "--keys", keys, *person),
    }[command]
    loaded = loaded_by_command("index-builder", command, *map(str, arguments))
    assert set() == loaded - {*OURS, *KEYS, *IDENTITY, *PRIVATE_CHECK, "click"}


@pytest.mark.parametrize(("group", "commands"), [(gauge, GAUGE), (index_builder, INDEX_BUILDER)])
@pytest.mark.parametrize("width", [80, 200])
def test_each_command_is_listed_as_it_tells_of_itself(group, commands, width):
    whole = click.Group(
        "whole", commands={one.name: one.load() for one in commands if not one.hidden}
    )
    lists = []
    for each in (group, whole):
        context = click.Context(each, terminal_width=width)
        formatter = context.make_formatter()
        each.format_commands(context, formatter)
        lists.append(formatter.getvalue())
    assert lists[1] == lists[0]


@pytest.mark.parametrize("commands", [GAUGE, INDEX_BUILDER], ids=["gauge", "index-builder"])
def test_appeals_is_another_name_of_corrections_and_not_listed(commands):
    named = {command.name: command for command in commands}
    assert named["corrections"].load() is named["appeals"].load()
    assert (False, True) == (named["corrections"].hidden, named["appeals"].hidden)


def test_a_place_without_a_command_is_a_bug():
    group = LazyGroup("group")
    group.add_commands([LazyCommand("one", "One.", "exposure_index.errors:Refused")])
    with pytest.raises(TypeError, match="is no command"):
        group.main(["one"], standalone_mode=False)
