"""Admits a check of a client of the API, plain or private, before its body is read."""

from dataclasses import dataclass

from flask import Request

from app.checks.admission import admit_first, admit_people
from app.limits.outcomes import AdmissionProof, ProofNeeded
from app.phones.verifier import PhoneNotVerified
from app.proofs.issuer import HEADER
from app.query.phone.verification import phone_of
from app.services import AppServices


@dataclass(frozen=True, slots=True)
class ApiAdmission:
    """A request of the API that was counted, or stands for a demand.

    demand: what must be earned, by the names that the body is then found to ask for; phone: its
    pseudonym, b"" where none is needed.
    """

    network: bytes
    proof: AdmissionProof
    demand: ProofNeeded | None
    phone: bytes


def admit_api_check(services: AppServices, request: Request) -> ApiAdmission:
    """Count one check of a client of the API, and require its telephone where one is needed.

    ``settle`` follows once the body is read. Raises LimitReached or PhoneNotVerified.
    """
    network = services.network_of(request)
    proof = services.proof_issuer.admission_proof(request.headers.get(HEADER, ""), network)
    demand = admit_first(services.check_limits, network)
    phone = phone_of(services, request)
    if phone is None:
        raise PhoneNotVerified
    return ApiAdmission(network, proof, demand, phone)


def settle(services: AppServices, admission: ApiAdmission, names: int) -> AdmissionProof:
    """Count so many names of one request against its proof, where a demand stands.

    Returns the proof with what the network took of it. Raises ProofNeeded or LimitReached.
    """
    return admit_people(
        services.check_limits, admission.network, [names], admission.proof, admission.demand
    )
