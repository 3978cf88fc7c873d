"""Admit a check that comes from a verified telephone, where the operator asks for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Request, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.checks.admission import admit_check
from app.limits.outcomes import AdmissionProof
from app.phones.verifier import PhoneNotVerified
from app.proofs.issuer import HEADER
from app.services import AppServices
from exposure_index.identity.canonical import Identity

COOKIE = "gauge_phone"


@dataclass(frozen=True, slots=True)
class ApiAdmission:
    """One request of the API, counted; phone: pseudonym of its telephone, b"" for none asked."""

    network: bytes
    proof: AdmissionProof
    phone: bytes


def admit_api_check(services: AppServices, request: Request) -> ApiAdmission:
    """Count one check of a client of the API, before its body is read; require its telephone.

    Raises ProofNeeded, LimitReached or PhoneNotVerified.
    """
    network = services.network_of(request)
    proof = services.proof_issuer.admission_proof(request.headers.get(HEADER, ""), network)
    admit_check(services.check_limits, network, proof)
    phone = phone_of(services, request)
    if phone is None:
        raise PhoneNotVerified
    return ApiAdmission(network, proof, phone)


def phone_of(services: AppServices, request: Request) -> bytes | None:
    """Return the pseudonym of the telephone; b"" where none is needed, None where it is missing."""
    if services.phone_verifier is None:
        return b""
    return services.phone_verifier.phone_of(request.cookies.get(COOKIE, ""))


def count_documents(services: AppServices, phone: bytes, identities: Sequence[Identity]) -> None:
    """Count the documents asked about from a telephone, where one is verified.

    Raises LimitReached.
    """
    if services.phone_verifier is not None:
        for identity in identities:
            services.phone_verifier.admit_document(phone, identity)


def redirect_to_verification() -> AnyResponse:
    """Redirect to the page that verifies a telephone."""
    return redirect(url_for("phone.phone_form"), HTTPStatus.SEE_OTHER)
