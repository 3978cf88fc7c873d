"""What pages say of the slots of the daily log."""

from flask_babel import LazyString, lazy_gettext

from app.kiosk.health_log.slots import Slot, SlotState

SLOT_WORDS: dict[Slot, LazyString] = {
    Slot.MORNING: lazy_gettext("Morning"),
    Slot.EVENING: lazy_gettext("Evening"),
}
STATE_WORDS: dict[SlotState, LazyString] = {
    SlotState.LATER: lazy_gettext("not yet due"),
    SlotState.DUE: lazy_gettext("due"),
    SlotState.DONE: lazy_gettext("recorded"),
    SlotState.LATE: lazy_gettext("recorded late"),
    SlotState.MISSED: lazy_gettext("missed"),
}
