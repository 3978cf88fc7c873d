"""What pages say of roles, of the rights of API keys, and of lines of an organisation's log."""

from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext


@dataclass(frozen=True, slots=True)
class RoleText:
    """A role's name, and what it may do."""

    title: LazyString
    meaning: LazyString


ROLE_WORDS: dict[str, RoleText] = {
    "viewer": RoleText(
        lazy_gettext("Viewer"), lazy_gettext("Reads the numbers and results of lists.")
    ),
    "checker": RoleText(
        lazy_gettext("Checker"), lazy_gettext("Uploads lists and reads the results.")
    ),
    "admin": RoleText(
        lazy_gettext("Administrator"),
        lazy_gettext("Also manages members, keys and settings, and reads the activity log."),
    ),
    "officer": RoleText(
        lazy_gettext("Health officer"),
        lazy_gettext("Sees the health data of kiosks and keeps the roster; sees no lists."),
    ),
}

SCOPE_WORDS: dict[str, LazyString] = {
    "jobs:write": lazy_gettext("Upload lists and stop checks"),
    "jobs:read": lazy_gettext("See the progress and totals of a check"),
    "results:read": lazy_gettext("Fetch the results of each row"),
}

EVENT_WORDS: dict[str, LazyString] = {
    "created": lazy_gettext("organisation created"),
    "added": lazy_gettext("account created"),
    "invited": lazy_gettext("invitation created"),
    "invitation_withdrawn": lazy_gettext("invitation withdrawn"),
    "joined": lazy_gettext("invitation used"),
    "renewed": lazy_gettext("sign-in details renewed"),
    "role_changed": lazy_gettext("role changed"),
    "disabled": lazy_gettext("disabled"),
    "enabled": lazy_gettext("enabled"),
    "reset": lazy_gettext("sign-in reset"),
    "signed_in": lazy_gettext("signed in"),
    "signed_out": lazy_gettext("signed out"),
    "refused": lazy_gettext("sign-in refused"),
    "key_issued": lazy_gettext("API key created"),
    "key_revoked": lazy_gettext("API key revoked"),
    "roster_added": lazy_gettext("people added to the roster"),
    "roster_removed": lazy_gettext("person removed from the roster"),
    "roster_restored": lazy_gettext("person put back on the roster"),
    "badges_printed": lazy_gettext("badges printed"),
    "badge_reissued": lazy_gettext("badge reissued"),
    "upload": lazy_gettext("list uploaded"),
    "list_refused": lazy_gettext("list refused"),
    "job_started": lazy_gettext("check started"),
    "job_done": lazy_gettext("check done"),
    "job_failed": lazy_gettext("check failed"),
    "results_downloaded": lazy_gettext("results downloaded"),
    "results_seen": lazy_gettext("results viewed"),
    "cancelled": lazy_gettext("check stopped, list destroyed"),
    "purged": lazy_gettext("everything held was destroyed"),
    "quota_changed": lazy_gettext("limit on people to check changed"),
    "policy_changed": lazy_gettext("what the organisation may see changed"),
    "policy_individuals": lazy_gettext("the organisation may see who is listed"),
    "policy_counts": lazy_gettext("the organisation may see rounded numbers only"),
    "webhook_changed": lazy_gettext("address for messages changed"),
    "kiosk_added": lazy_gettext("kiosk added"),
    "kiosk_enrolled": lazy_gettext("kiosk enrolled"),
    "kiosk_revoked": lazy_gettext("kiosk revoked"),
    "kiosk_settings_changed": lazy_gettext("settings of kiosks changed"),
    "observation_begun": lazy_gettext("observation started"),
    "observation_closed": lazy_gettext("observation ended early"),
    "observation_reopened": lazy_gettext("observation continued"),
    "health_link_renewed": lazy_gettext("personal link renewed"),
    "alarm_resolved": lazy_gettext("alarm settled"),
    "alarm_reopened": lazy_gettext("alarm opened again"),
    "health_person_seen": lazy_gettext("check-ins of a person viewed"),
    "shared_hours_seen": lazy_gettext("people present at the same time viewed"),
    "checkins_exported": lazy_gettext("check-ins downloaded"),
}
