"""Texts for whoever minds a kiosk: set-up, devices, notices, why somebody was not checked."""

from flask_babel import LazyString, lazy_gettext

MINDER_TEXTS: dict[str, LazyString] = {
    "camera": lazy_gettext("Picture of the camera"),
    "unsupported_heading": lazy_gettext("This page cannot work here"),
    "unsupported_lead": lazy_gettext(
        "Open it by its https address, in a browser of the last three years."
    ),
    "enrolment_heading": lazy_gettext("Set up this kiosk"),
    "enrolment_lead": lazy_gettext(
        "In your organisation's pages, add a kiosk. Then type the code that you see "
        "there, or scan it."
    ),
    "enrolment_code": lazy_gettext("Enrolment code"),
    "enrolment_hint": lazy_gettext("16 letters and digits"),
    "enrolment_send": lazy_gettext("Set up"),
    "enrolment_sending": lazy_gettext("Setting up…"),
    "enrolment_camera": lazy_gettext("Scan with the camera"),
    "enrolment_unknown_code": lazy_gettext(
        "This code is not known, or is older than 24 hours. Make a new one."
    ),
    "enrolment_code_used": lazy_gettext("This code was used already. Make a new one."),
    "enrolment_invalid_code": lazy_gettext("A code has 16 letters and digits. Compare it."),
    "enrolment_organisation_disabled": lazy_gettext(
        "Your organisation's account is closed. Call the health authority."
    ),
    "enrolment_busy": lazy_gettext("Too many attempts. Try again in a few minutes."),
    "enrolment_offline": lazy_gettext(
        "The service cannot be reached. Connect the tablet to the network."
    ),
    "enrolment_unavailable": lazy_gettext("The service has a fault. Try again in a few minutes."),
    "enrolment_storage": lazy_gettext(
        "This browser keeps nothing. Leave private mode and free some storage."
    ),
    "revoked_heading": lazy_gettext("This kiosk was withdrawn"),
    "revoked_lead": lazy_gettext(
        "It checks nobody any more. Give it to whoever manages your organisation's kiosks."
    ),
    "revoked_waiting": lazy_gettext(
        "Entries still to be sent: %(number)s. Leave it on and connected until they are.",
        number="{number}",
    ),
    "forget": lazy_gettext("Remove the kiosk from this tablet"),
    "forget_again": lazy_gettext("Press again: everything here is erased"),
    "notice_ready": lazy_gettext("This code cannot be used here. Try again, or type details."),
    "notice_ready_unreadable_code": lazy_gettext(
        "This code cannot be read. Try again, or type details."
    ),
    "notice_ready_code_expired": lazy_gettext(
        "This code is too old. Make a new one on your phone."
    ),
    "notice_ready_code_reused": lazy_gettext(
        "This code was used already. Make a new one on your phone."
    ),
    "notice_ready_badge_first": lazy_gettext("First the badge, then the temperature."),
    "notice_ready_no_decision": lazy_gettext(
        "This badge is not known here. Report to your health officer."
    ),
    "notice_ready_foreign_badge": lazy_gettext(
        "This badge is of another organisation. Report to your health officer."
    ),
    "reason": lazy_gettext("Why is not known."),
    "reason_cold": lazy_gettext("Twice too cold to be a body's temperature."),
    "reason_no_decision": lazy_gettext("No decision is held for this badge."),
    "reason_expired": lazy_gettext("The decision for this badge is too old."),
    "reason_foreign_badge": lazy_gettext("This badge is of another organisation."),
    "reason_unreadable_code": lazy_gettext("This code cannot be read."),
    "reason_offline": lazy_gettext("The kiosk is offline and cannot ask about visitors."),
    "reason_clock": lazy_gettext("The kiosk is not sure of the time."),
    "reason_quota": lazy_gettext("The organisation's quota of checks is used up."),
    "reason_incomplete": lazy_gettext("The data are not complete at the moment."),
    "reason_no_index": lazy_gettext("There are no data at the moment."),
    "reason_invalid_person": lazy_gettext("The details cannot be those of a document."),
    "reason_busy": lazy_gettext("The service did not answer in time."),
    "devices": lazy_gettext("Devices"),
    "devices_table": lazy_gettext("Decisions for badges are good until: %(time)s", time="{time}"),
    "sound_on": lazy_gettext("Turn sound on"),
    "sound_off": lazy_gettext("Turn sound off"),
    "camera_turn": lazy_gettext("Use the other camera"),
    "thermometer_bluetooth": lazy_gettext("Connect a thermometer by Bluetooth"),
    "thermometer_serial": lazy_gettext("Connect a thermometer by cable"),
    "thermometer_rate": lazy_gettext("Speed of the cable (baud)"),
    "thermometer_is_typed": lazy_gettext("Temperatures are typed, or come as from a keyboard."),
    "thermometer_is_serial": lazy_gettext("A thermometer is connected by cable."),
    "thermometer_is_bluetooth": lazy_gettext("A thermometer is connected by Bluetooth."),
    "notice_disabled": lazy_gettext(
        "The authority closed your organisation's account: nobody is checked. Call it."
    ),
    "notice_clock": lazy_gettext(
        "The time may be wrong: connect the tablet to the network. Until then nobody is checked."
    ),
    "notice_table_old": lazy_gettext(
        "The decisions for badges are too old: connect the tablet to the network. "
        "Until then badges are not checked."
    ),
    "notice_no_table": lazy_gettext(
        "No decisions for badges are held: connect the tablet to the network."
    ),
    "notice_storage_nearly_full": lazy_gettext(
        "Storage is nearly full: connect the tablet to the network, so that entries can be sent."
    ),
    "notice_storage_full": lazy_gettext(
        "Storage is full: connect the tablet to the network. Until then write entries on paper."
    ),
    "notice_storage_evicted": lazy_gettext(
        "The browser erased the store. Entries lost: %(number)s. Tell the health officer.",
        number="{number}",
    ),
    "notice_storage_unavailable": lazy_gettext(
        "This browser keeps nothing: leave private mode and free some storage."
    ),
    "notice_refused": lazy_gettext(
        "Entries refused by the service: %(number)s. Tell the health officer.", number="{number}"
    ),
    "notice_offline": lazy_gettext(
        "Offline. Entries waiting to be sent: %(number)s. Connect the tablet when you can.",
        number="{number}",
    ),
    "notice_sending": lazy_gettext("Sending entries: %(number)s", number="{number}"),
    "notice_battery": lazy_gettext(
        "Battery at %(number)s %%: plug the tablet in.", number="{number}"
    ),
    "notice_camera_denied": lazy_gettext(
        "The camera is not allowed: allow it in the browser's settings. Until then type codes."
    ),
    "notice_camera_missing": lazy_gettext("No camera was found: connect one, or use a scanner."),
    "notice_camera_failed": lazy_gettext(
        "The camera fails: close other programs that use it, or use a scanner."
    ),
    "notice_camera_insecure": lazy_gettext(
        "The camera needs an https address. Until then use a scanner."
    ),
    "notice_thermometer_lost": lazy_gettext(
        "The thermometer is gone: connect it again under Devices. Until then type temperatures."
    ),
    "enrolment_enrolled": lazy_gettext("This tablet is a kiosk already. Load the page again."),
}
