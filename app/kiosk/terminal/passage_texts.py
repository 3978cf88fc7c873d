"""Texts that people read at a kiosk, from the badge to the word, by the names that its scripts use.

A value stands as its name in braces, where the page puts it.
"""

from flask_babel import LazyString, lazy_gettext

PASSAGE_TEXTS: dict[str, LazyString] = {
    "title": lazy_gettext("Kiosk at the door"),
    "language": lazy_gettext("Language"),
    "starting": lazy_gettext("Starting…"),
    "pending": lazy_gettext("One moment…"),
    "cancel": lazy_gettext("Cancel"),
    "done": lazy_gettext("Back"),
    "next": lazy_gettext("Next person"),
    "next_person": lazy_gettext("Let the next person pass"),
    "yes": lazy_gettext("Yes"),
    "no": lazy_gettext("No"),
    "ok": lazy_gettext("Confirm"),
    "erase": lazy_gettext("Erase the last digit"),
    "ready": lazy_gettext("Show your badge or code"),
    "ready_lead": lazy_gettext("Hold it still, about a hand's length from the camera."),
    "ready_log": lazy_gettext("Daily report: show your badge"),
    "ready_log_lead": lazy_gettext("For people under observation, each morning and evening."),
    "details_open": lazy_gettext("No badge: type details"),
    "log_open": lazy_gettext("Daily report"),
    "direction": lazy_gettext("Direction"),
    "direction_in": lazy_gettext("In"),
    "direction_out": lazy_gettext("Out"),
    "door_label": lazy_gettext("QR code for visitors"),
    "door_heading": lazy_gettext("Visitors:"),
    "door_lead": lazy_gettext(
        "scan this with your phone, fill in there, and show the code that you get."
    ),
    "details": lazy_gettext("Your details"),
    "details_lead": lazy_gettext(
        "As on the document. The kiosk asks the service; the details leave this screen with you."
    ),
    "details_send": lazy_gettext("Continue"),
    "id_type": lazy_gettext("Kind of document"),
    "name": lazy_gettext("Name in Chinese characters"),
    "name_latin": lazy_gettext("Name in Latin letters"),
    "temperature": lazy_gettext("Temperature"),
    "temperature_measure": lazy_gettext("Measure the temperature"),
    "temperature_measure_again": lazy_gettext("Please measure once more"),
    "temperature_warm_up": lazy_gettext(
        "Too low. Warm up indoors for a few minutes, then measure again."
    ),
    "temperature_empty": lazy_gettext("Type the temperature, or measure it."),
    "temperature_not_a_number": lazy_gettext("This is no temperature. Type it again."),
    "temperature_decimal_point": lazy_gettext(
        "The decimal point is missing or misplaced. Type it again."
    ),
    "temperature_too_low": lazy_gettext("No body is so cold. Measure again."),
    "temperature_too_high": lazy_gettext("No body is so hot. Measure again."),
    "unit_question": lazy_gettext(
        "Do you mean %(typed)s, that is %(here)s?", typed="{typed}", here="{here}"
    ),
    "symptoms": lazy_gettext("Do you have any of these today?"),
    "symptoms_none": lazy_gettext("None of these"),
    "symptoms_send": lazy_gettext("Continue"),
    "symptom_fever": lazy_gettext("Fever or chills"),
    "symptom_cough": lazy_gettext("Cough"),
    "symptom_breath": lazy_gettext("Short of breath"),
    "symptom_throat": lazy_gettext("Sore throat"),
    "symptom_taste": lazy_gettext("Loss of smell or taste"),
    "word_come_in": lazy_gettext("Please come in"),
    "word_come_in_out": lazy_gettext("Please go through"),
    "word_come_in_line": lazy_gettext("Thank you."),
    "word_wait": lazy_gettext("Please wait here"),
    "word_wait_line": lazy_gettext("A colleague is coming."),
    "word_not_checked": lazy_gettext("Not checked"),
    "word_not_checked_line": lazy_gettext("Please turn to the guard."),
    "not_stored": lazy_gettext("This entry could not be stored. The guard writes it on paper."),
    "undo": lazy_gettext("Mistake: start again"),
    "override_open": lazy_gettext("For the guard: decide otherwise"),
    "override_open_again": lazy_gettext("Press again: I am the guard"),
    "override": lazy_gettext("The guard decides"),
    "override_lead": lazy_gettext(
        "The decision is recorded with its reason and the officer sees it."
    ),
    "override_word": lazy_gettext("Decision"),
    "override_reason": lazy_gettext("Reason"),
    "override_papers": lazy_gettext("Papers seen"),
    "override_officer": lazy_gettext("Officer was called"),
    "override_thermometer": lazy_gettext("Thermometer was wrong"),
    "override_judgement": lazy_gettext("Looks unwell"),
    "override_send": lazy_gettext("Record the decision"),
    "override_fault": lazy_gettext("Choose a decision and give a reason."),
    "thanks": lazy_gettext("Thank you"),
    "thanks_line": lazy_gettext("Your report was recorded."),
    "thanks_not_stored": lazy_gettext("Not recorded"),
    "thanks_not_stored_line": lazy_gettext(
        "Your report could not be stored. Report to your health officer."
    ),
    "without_script": lazy_gettext("The kiosk needs JavaScript"),
    "without_script_lead": lazy_gettext(
        "It seals every entry on the tablet. Turn JavaScript on in the browser's "
        "settings, then load this page again."
    ),
    "id_number": lazy_gettext("Document number"),
}
