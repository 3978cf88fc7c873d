"""The context of a build: source, workspace, reject list and rules, as every step gets them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from index_builder.rules.assignment import RuleAssignment
from index_builder.runtime.workspace import Workspace
from index_builder.sources.reject_list import RejectList
from index_builder.sources.source import Source


@dataclass(frozen=True, slots=True)
class BuildContext:
    """One build's source, its workspace, its reject list, and which rules hold.

    inquiry_subjects: ids of inquiries → the subject of each, by column of `replies`.
    """

    work: Workspace
    source: Source
    rejects: RejectList
    rules: RuleAssignment
    inquiry_subjects: Callable[[Collection[str]], Mapping[str, Mapping[str, str]]] = lambda _: {}
