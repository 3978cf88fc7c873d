"""Rows of open contacts as SORMAS and Go.Data import them. See docs/exports.md."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from exposure_index.label.model import Tier
from index_builder.exports.open_contacts import OpenContact
from index_builder.exports.person_names import split_name
from tables.document_cells import document_kind

DateOrder = Literal["ymd", "dmy", "mdy"]
_DATES: Mapping[str, str] = {"ymd": "%Y-%m-%d", "dmy": "%d.%m.%Y", "mdy": "%m/%d/%Y"}
_SORMAS_DISEASES = {"covid-19": "CORONAVIRUS", "measles": "MEASLES"}
_GODATA_DOCUMENTS = {"resident": "NATIONAL_ID_CARD", "passport": "PASSPORT"}
_GODATA = "LNG_REFERENCE_DATA_CATEGORY_"


@dataclass(frozen=True, slots=True)
class Particulars:
    """What an export holds beside the contacts. day: of the report; diseases: by rule number.

    external_id: a stable id of a person (and case) that tells neither; region, district: where
    SORMAS files contacts of cases that it does not know.
    """

    day: date
    dates: DateOrder
    diseases: Mapping[int, str]
    external_id: Callable[..., str]
    region: str = ""
    district: str = ""

    def text(self, day: date) -> str:
        """Return a date in the order that the importing user's language asks for."""
        return day.strftime(_DATES[self.dates])


def sormas_row(contact: OpenContact, about: Particulars) -> dict[str, str]:
    """Return one contact by property path of SORMAS' contact import."""
    given_name, family_name = split_name(contact.name)
    disease = about.diseases.get(contact.rule, "")
    sormas_disease = _SORMAS_DISEASES.get(disease, "OTHER")
    kind = document_kind(contact.id_type)
    close = contact.tier == int(Tier.CLOSE)
    return {
        "caseIdExternalSystem": contact.case_id,
        "caseOrEventInformation": _trip(contact),
        "disease": sormas_disease,
        "diseaseDetails": disease if sormas_disease == "OTHER" else "",
        "reportDateTime": about.text(about.day),
        "region": about.region,
        "district": about.district,
        "lastContactDate": about.text(contact.last_day),
        "contactIdentificationSource": "OTHER",
        "contactIdentificationSourceDetails": "transport manifest",
        "contactProximity": "CLOSE_CONTACT" if close else "SAME_ROOM",
        "contactClassification": "UNCONFIRMED",
        "contactStatus": "ACTIVE",
        "followUpStatus": "FOLLOW_UP",
        "followUpUntil": about.text(contact.until),
        "overwriteFollowUpUntil": "true",
        "description": f"{Tier(contact.tier).word} contact; {_trip(contact)}",
        "externalID": about.external_id(contact.person, contact.case_id),
        "additionalDetails": "" if kind == "passport" else f"{kind} {contact.document}",
        "person.firstName": given_name,
        "person.lastName": family_name,
        "person.sex": "UNKNOWN",
        "person.passportNumber": contact.document if kind == "passport" else "",
    }


def godata_row(contact: OpenContact, about: Particulars) -> dict[str, str]:
    """Return one contact for Go.Data's import, of the worst case that the person met."""
    given_name, family_name = split_name(contact.name)
    kind = _GODATA_DOCUMENTS.get(document_kind(contact.id_type), "OTHER")
    level = "3_HIGH" if contact.tier == int(Tier.CLOSE) else "1_LOW"
    return {
        "firstName": given_name,
        "lastName": family_name,
        "visualId": about.external_id(contact.person),
        "dateOfReporting": about.text(about.day),
        "dateOfLastContact": about.text(contact.last_day),
        "riskLevel": f"{_GODATA}RISK_LEVEL_{level}",
        "riskReason": f"{Tier(contact.tier).word} contact",
        "followUpEndDate": about.text(contact.until),
        "documentType": f"{_GODATA}DOCUMENT_TYPE_{kind}",
        "documentNumber": contact.document,
        "relationshipPersonId": contact.case_id,
        "relationshipContactDate": about.text(contact.last_day),
        "relationshipContactDateEstimated": "false",
        "relationshipCertaintyLevel": f"{_GODATA}CERTAINTY_LEVEL_{level}",
        "relationshipComment": _trip(contact),
    }


def _trip(contact: OpenContact) -> str:
    return f"{contact.mode} {contact.trip} until {contact.last_day.isoformat()}"
