"""Limit outcomes: what the limits decide, and the admission proof that they take into account.

The limits know only which kind of proof there is: ``app.proofs`` judges proofs and tickets.
"""

import math
from dataclasses import dataclass
from enum import Enum


class Purpose(Enum):
    """What must be earned: a check of a busy network, or of a document tried with many names; or a
    further attempt to sign in.
    """

    NETWORK = "network"
    DOCUMENT = "document"
    SIGN_IN = "sign_in"


class LimitKind(Enum):
    """Of what there was too much, for the words of the page."""

    NETWORK = "checks of a network"
    DOCUMENT = "names tried for a document"
    TELEPHONE = "documents asked about from a telephone"
    MESSAGES = "messages to a telephone"
    TRIP_ALERTS = "trip alerts of a telephone"
    SIGN_IN = "attempts to sign in"
    CLERK = "checks of a clerk"
    REQUESTS = "whatever else a network asks"
    EVERYWHERE = "everybody together"


KIND_OF_PURPOSE = {
    Purpose.NETWORK: LimitKind.NETWORK,
    Purpose.DOCUMENT: LimitKind.DOCUMENT,
    Purpose.SIGN_IN: LimitKind.SIGN_IN,
}


class LimitReached(Exception):
    """Too much was asked; ``retry_after`` is in whole seconds, at least 1."""

    def __init__(self, retry_after: float, kind: LimitKind) -> None:
        super().__init__()
        self.kind = kind
        self.retry_after = max(1, math.ceil(retry_after))


class WouldWait(Exception):
    """Whoever may not wait asks what only Redis knows; nothing was counted, ask where one may."""


class ProofNeeded(LimitReached):
    """What is free is used up: the check is answered against a proof of work or a wait ticket.

    pressure: from 0 to 1, how much has been asked beyond what is free; document: the pseudonym of
    the document or account, b"" where the purpose is the network; names: how many the proof must
    pay for. Who
    cannot offer a proof treats it as a refusal.
    """

    def __init__(
        self,
        retry_after: float,
        purpose: Purpose,
        pressure: float,
        document: bytes = b"",
        names: int = 1,
    ) -> None:
        super().__init__(retry_after, KIND_OF_PURPOSE[purpose])
        self.purpose = purpose
        self.pressure = min(1.0, max(0.0, pressure))
        self.document = document
        self.names = names

    def of_names(self, names: int) -> "ProofNeeded":
        """Return the same demand for so many names."""
        return ProofNeeded(self.retry_after, self.purpose, self.pressure, self.document, names)


class ProofKind(Enum):
    """How a check is earned: not at all, by proof of work, by a wait ticket."""

    NONE = "none"
    WORK = "work"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class AdmissionProof:
    """Proof of work or wait ticket presented with a check, or none.

    document: pseudonym of the one document that it was earned for, b"" for none; names: how many
    different names it pays for; of_network: how many of them the network's limit has taken. A name
    that both limits ask for is paid for once.
    """

    kind: ProofKind = ProofKind.NONE
    purpose: Purpose = Purpose.NETWORK
    document: bytes = b""
    names: int = 1
    of_network: int = 0

    def covers_document(self, pseudonym: bytes) -> bool:
        """Return whether another name of this document was earned."""
        return (
            self.kind is not ProofKind.NONE
            and self.purpose is Purpose.DOCUMENT
            and self.document == pseudonym
        )

    def covers_sign_in(self, pseudonym: bytes) -> bool:
        """Return whether another attempt to sign in to this account was earned."""
        return (
            self.kind is not ProofKind.NONE
            and self.purpose is Purpose.SIGN_IN
            and self.document == pseudonym
        )


NO_PROOF = AdmissionProof(names=0)
