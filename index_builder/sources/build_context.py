"""What every step of a build has at hand: the source, the engine, and the list of rejects."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from index_builder.rules.assignment import RuleAssignment
from index_builder.runtime.workspace import Workspace
from index_builder.sources.rejects import RejectList
from index_builder.sources.source import Source


@dataclass(frozen=True, slots=True)
class Inputs:
    """One build's opened source, its workspace, where rejects go, and which rules hold.

    asked: ids of inquiries → what each asked about, by column of `replies`.
    """

    work: Workspace
    source: Source
    rejects: RejectList
    rules: RuleAssignment
    asked: Callable[[Collection[str]], Mapping[str, Mapping[str, str]]] = lambda _: {}
