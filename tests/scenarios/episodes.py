"""Independent stories that one build answers together: a build costs much, its size little."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from index_builder.rules.assignment import RuleAssignment
from index_builder.rules.rule_files import load_rule_set

DEFAULT_RULES = "nhc-2020-03"
TRAIN = {"mode": "train", "number": "K1"}


def each_its_own_disease(names: Iterable[str], default: str = "") -> RuleAssignment:
    """Return rule sets that hold for a disease of their own name, so that one build has many.

    default: the name of the set for covid-19, whose cells are blank.
    """
    sets = {name: replace(load_rule_set(name), diseases=(name,)) for name in names}
    return RuleAssignment(({"covid-19": load_rule_set(default)} if default else {}) | sets)


def ride(board="", alight="", train=TRAIN, **more):
    """Return the cells of a ride in carriage 8."""
    return {**train, "carriage": "8", "board": board, "alight": alight, **more}


@dataclass
class Episode:
    """A part of a story that shares no case, vehicle or document with another part.

    Its number goes into the id of its case and into every document. A teller that sets `rules`
    gives its cases a disease of that name, which follows that rule set.
    """

    story: object
    number: int
    rules: str = DEFAULT_RULES

    @property
    def flight(self) -> dict[str, str]:
        return {"mode": "flight", "number": f"CA{self.number}"}

    @property
    def train(self) -> dict[str, str]:
        return {"mode": "train", "number": f"K{self.number}"}

    def document(self, document: str) -> str:
        return f"{document}N{self.number}" if document else ""

    def row(self, table: str, **cells: str) -> None:
        self.story.row(table, **cells)

    def case(self, which: str = "", **cells: str) -> None:
        disease = {} if self.rules == DEFAULT_RULES else {"disease": self.rules}
        self.story.case(f"C{self.number}{which}", **disease, **cells)

    def case_leg(self, which: str = "", **cells: str) -> None:
        self.story.case_leg(f"C{self.number}{which}", **cells)

    def aboard(self, document: str, **cells: str) -> None:
        self.story.aboard(self.document(document), **cells)


@dataclass
class EpisodeAnswers:
    """What the index tells the travellers of one episode, by their documents within it."""

    answers: object
    episode: Episode

    def ask(
        self, document: str, name: str | None = None, id_type: str = "other", name_latin: str = ""
    ):
        return self.answers.ask(self.episode.document(document), name, id_type, name_latin)

    def __getitem__(self, document: str) -> str:
        return self.answers[self.episode.document(document)]

    def relation(self, document: str) -> str:
        return self.answers.relation(self.episode.document(document))


@dataclass
class AnswersByEpisode:
    """The answers of each episode, by its teller and parameter, and the report of the build."""

    by_episode: dict[tuple, EpisodeAnswers]
    report: object

    def __call__(self, teller: Callable, *parameter: object) -> EpisodeAnswers:
        return self.by_episode[teller, *parameter]


@dataclass
class Episodes:
    """The episodes of a test module, collected from functions that write one each."""

    tellers: list[tuple] = field(default_factory=list)

    def __call__(self, teller: Callable) -> Callable:
        self.tellers.append((teller,))
        return teller

    def of_each(self, *parameters: object) -> Callable:
        """Collect one episode for each parameter, which the teller takes second."""

        def collect(teller: Callable) -> Callable:
            self.tellers += [(teller, parameter) for parameter in parameters]
            return teller

        return collect

    def answers(self, story) -> AnswersByEpisode:
        """Write every episode into the story, build it once, and return what it tells."""
        written = {}
        for number, key in enumerate(self.tellers, 1001):
            teller, *parameter = key
            written[key] = Episode(story, number)
            teller(written[key], *parameter)
        rules = {episode.rules for episode in written.values()} - {DEFAULT_RULES}
        answers = story.answers(each_its_own_disease(sorted(rules), DEFAULT_RULES))
        by_episode = {key: EpisodeAnswers(answers, episode) for key, episode in written.items()}
        return AnswersByEpisode(by_episode, story.report)
