"""The view model of one answer, taken from a lookup result; the templates only lay it out.

As many trips and pieces of advice are put into words for everybody as could be visible: what is
visible comes first, then decoys, which are filled in and not sent (`constant_time_template.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType

from app.answer_pages.advice import AdviceView, advice_views
from app.answer_pages.constant_time_template import PaddedList, decoy_flags
from app.answer_pages.coverage import DataView, MissingView, data_views, missing_view
from app.answer_pages.trips import TripSource, TripView, observation_over, trip_view
from app.answer_pages.words import answer_words
from exposure_index.files.manifest import Manifest
from exposure_index.files.published_places import NOWHERE, PublishedPlaces
from exposure_index.label.model import Mode, Relation, Tier
from exposure_index.lookup.result import ListedExposure, LookupResult

ASK_AGAIN_AFTER = timedelta(days=1)
NO_DAY = date.min
TRIPS_OF_AN_INDEX = 4  # two labels of two trips each
LISTED = frozenset({"exposed", "general"})
_new = tuple.__new__  # half the time of a named tuple's own
KINDS = {status: status for status in ("general", "not_found", "incomplete")} | {"exposed": "close"}


@dataclass(frozen=True, slots=True)
class Hotlines:
    """Whom to call where no authority is the owner, and the numbers of those that may be."""

    authority: str = ""
    hotline: str = ""
    of_authorities: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What the answer page shows of one person.

    status: exposed, general (listed, but by no rule as a close contact), not_found, incomplete.
    trips: those whose observation is over last. observe_until: the latest day of all, None where
    no rule asks for observation; observation_goes_on: it lies ahead; observation_over: it is known
    of every trip shown that its own lies before today; close_over: of every one as a close contact,
    where there is one. advice: what to do and until when, in the
    order of the trips; rule sets that say the same stand
    once. owner: the one authority to call where several may be meant, else "";
    whom_to_call, hotline: it, else the service's. listed_by: how many authorities list the person.
    missing: what the answer does not cover; indexes: what it is made of.
    """

    status: str
    trips: PaddedList[TripView]
    advice: PaddedList[AdviceView]
    more_trips: int
    observe_until: date | None
    observation_goes_on: bool
    observation_over: bool
    close_over: bool
    indexes: tuple[Manifest, ...]
    oldest_source: datetime
    ask_again_on: date
    owner: str
    whom_to_call: str
    hotline: str
    listed_by: int
    missing: tuple[MissingView, ...]

    @property
    def data(self) -> tuple[DataView, ...]:
        """Age and coverage of the data behind the answer; the same for everybody."""
        return data_views(self.indexes)

    @property
    def is_listed(self) -> bool:
        """Whether at least one trip is listed."""
        return self.status in LISTED

    @property
    def kind(self) -> str:
        """The verdict: close, general, ended, not_found or incomplete.

        Of what goes on: whoever was a close contact, and is observed still as a general one, is one
        of these. Ended, of all trips or of the close ones, only where that is sure: no data are
        missing. A trip that is left out of a label is observed for no longer than those that are in
        it, and as a close contact for no longer than the first.
        """
        sure = not self.missing
        going_on = (KINDS[self.status], "general")[self.close_over & sure]
        return (going_on, "ended")[self.observation_over & sure]

    @property
    def is_close(self) -> bool:
        """Whether the verdict is that of a close contact."""
        return self.kind == "close"

    @property
    def is_general(self) -> bool:
        """Whether the verdict is that of any other contact."""
        return self.kind == "general"

    @property
    def is_ended(self) -> bool:
        """Whether the verdict is that the observation of a contact has ended."""
        return self.kind == "ended"

    @property
    def was_close(self) -> bool:
        """Whether a rule calls the person a close contact, observed or not any more."""
        return self.status == "exposed"

    @property
    def is_not_found(self) -> bool:
        """Whether all data are here and none lists the person."""
        return self.status == "not_found"

    @property
    def is_incomplete(self) -> bool:
        """Whether none of the data that are here lists the person."""
        return self.status == "incomplete"

    @property
    def observed_by_steps(self) -> bool:
        """Whether that day must be said besides, since the steps are the rule set's own."""
        flags = zip(self.advice.slots, self.advice.decoy_flags, strict=True)
        steps = [bool(one.steps) & (1 - is_decoy) for one, is_decoy in flags]
        return self.observation_goes_on & (1 in steps)

    @property
    def several_advices(self) -> bool:
        """Whether it must be said which trips a piece of advice is for."""
        return len(self.advice) > 1

    @property
    def listed_by_several(self) -> bool:
        """Whether more than one authority lists the person."""
        return self.listed_by > 1


def answer_view(
    result: LookupResult[ListedExposure],
    language: str,
    today: date,
    hotlines: Hotlines | None = None,
    places: Mapping[str, PublishedPlaces] = MappingProxyType({}),
) -> AnswerView:
    """Return what to show of a lookup result.

    language: BCP 47, for the rules' words; places: from and to of published trips, by build.
    """
    calls = hotlines or Hotlines()
    rules = {manifest.authority: manifest.rules for manifest in result.indexes}
    sources = {
        one.authority: TripSource(one.rules, places.get(one.build_id, NOWHERE))
        for one in result.indexes
    }
    visible = result.listed
    slots = _slots(result, today)
    words = answer_words(language)
    trips = [trip_view(each, sources[each.authority], language, today, words) for each in slots]
    until, going_on, close, close_going_on = NO_DAY, 0, 0, 0
    authorities = {""}  # of decoys
    for exposure, is_decoy in zip(slots, decoy_flags(visible, len(slots)), strict=True):
        goes_on = (not observation_over(exposure, today)) & (1 - is_decoy)
        is_close = (exposure.tier is Tier.CLOSE) & (1 - is_decoy)
        until = max(until, (exposure.observe_until or NO_DAY, NO_DAY)[is_decoy])
        going_on += goes_on
        close += is_close
        close_going_on += is_close & goes_on
        authorities.add((exposure.authority, "")[is_decoy])
    owner = _owner(result, slots)
    return AnswerView(
        status=(result.status, "general")[(result.status == "exposed") & (not close)],
        trips=PaddedList(visible, trips),
        advice=advice_views(visible, slots, trips, rules, language),
        more_trips=max(0, result.total - visible),
        observe_until=(None, until)[until > NO_DAY],
        observation_goes_on=until >= today,
        observation_over=bool(visible) & (not going_on),
        close_over=bool(close) & (not close_going_on),
        indexes=tuple(result.indexes),
        oldest_source=min(manifest.oldest_source for manifest in result.indexes),
        ask_again_on=today + ASK_AGAIN_AFTER,
        owner=owner,
        whom_to_call=owner or calls.authority,
        hotline=calls.of_authorities.get(owner, calls.hotline),
        listed_by=len(authorities) - 1,
        missing=tuple(missing_view(each, words) for each in result.missing),
    )


def _slots(result: LookupResult[ListedExposure], today: date) -> list[ListedExposure]:
    """Return the visible exposures, then decoys in the slots of others that could be listed.

    What is over comes behind what goes on, or has no end; decoys are put in order too. They are
    those of the look-up, as many different ones as the trips of those who are listed, and are close
    contacts' here, for whom most is said.
    """
    others = [_decoy(manifest) for manifest in result.indexes]
    most = max(len(result.slots), TRIPS_OF_AN_INDEX * len(others))
    flags = decoy_flags(result.listed, most)
    slots = [
        _new(ListedExposure, ((each.tier, Tier.CLOSE)[is_decoy], *each[1:]))
        for each, is_decoy in zip([*result.slots, *others * most][:most], flags, strict=True)
    ]
    ranks = [
        observation_over(each, today) + 2 * is_decoy
        for each, is_decoy in zip(slots, flags, strict=True)
    ]
    return [slots[at] for at in sorted(range(most), key=ranks.__getitem__)]


def _decoy(manifest: Manifest) -> ListedExposure:
    day, rule = manifest.built_at.date(), next(iter(manifest.rules), "")
    relation = Relation.SAME_CARRIAGE
    return ListedExposure(
        Tier.CLOSE, Mode.TRAIN, "G0000", day, 8, relation, rule, day, manifest.authority
    )


def _owner(result: LookupResult[ListedExposure], slots: Sequence[ListedExposure]) -> str:
    """Return who calls: whose trip comes first, since it goes on and is the worst.

    One authority deals with a person, however many list the person; "" where there is only one.
    """
    authorities = {manifest.authority for manifest in result.indexes}
    authorities |= {missing.authority for missing in result.missing}
    either = "", slots[0].authority
    return either[(len(authorities) > 1) & (result.listed > 0)]
