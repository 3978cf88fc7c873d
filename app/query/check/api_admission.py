"""Admits a check of a client of the API, plain or private, before its body is read."""

from dataclasses import dataclass

from flask import Request

from app.checks.admission import admit_check
from app.limits.outcomes import AdmissionProof
from app.phones.verifier import PhoneNotVerified
from app.proofs.issuer import HEADER
from app.query.phone.verification import phone_of
from app.services import AppServices


@dataclass(frozen=True, slots=True)
class ApiAdmission:
    """A request of the API that was counted; phone: its pseudonym, b"" where none is needed."""

    network: bytes
    proof: AdmissionProof
    phone: bytes


def admit_api_check(services: AppServices, request: Request) -> ApiAdmission:
    """Count one check of a client of the API, and require its telephone where one is needed.

    Raises ProofNeeded, LimitReached or PhoneNotVerified.
    """
    network = services.network_of(request)
    proof = services.proof_issuer.admission_proof(request.headers.get(HEADER, ""), network)
    admit_check(services.check_limits, network, proof)
    phone = phone_of(services, request)
    if phone is None:
        raise PhoneNotVerified
    return ApiAdmission(network, proof, phone)
