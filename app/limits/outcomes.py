"""What the limits raise: a refusal, or the demand to earn the check first."""

import math
from enum import Enum


class Purpose(Enum):
    """What a check must be earned for: a busy network, or a document tried with many names."""

    NETWORK = "network"
    DOCUMENT = "document"


class Limited(Enum):
    """Of what there was too much, for the words of the page."""

    NETWORK = "checks of a network"
    DOCUMENT = "names tried for a document"
    TELEPHONE = "documents asked about from a telephone"
    MESSAGES = "messages to a telephone"
    WATCHES = "watches for a telephone"
    SIGN_IN = "attempts to sign in"
    CLERK = "checks of a clerk"
    REQUESTS = "whatever else a network asks"
    EVERYWHERE = "everybody together"


class LimitReached(Exception):
    """Too much was asked; ``retry_after`` is in whole seconds, at least 1."""

    def __init__(self, retry_after: float, limited: Limited) -> None:
        super().__init__()
        self.limited = limited
        self.retry_after = max(1, math.ceil(retry_after))


LIMITED_FOR = {Purpose.NETWORK: Limited.NETWORK, Purpose.DOCUMENT: Limited.DOCUMENT}


class ProofNeeded(LimitReached):
    """What is free is used up: the check is answered against a proof of work or time waited.

    pressure: from 0 to 1, how much has been asked beyond what is free; document: the code of the
    document, b"" where the purpose is the network. Who cannot offer a proof treats it as a refusal.
    """

    def __init__(
        self, retry_after: float, purpose: Purpose, pressure: float, document: bytes = b""
    ) -> None:
        super().__init__(retry_after, LIMITED_FOR[purpose])
        self.purpose = purpose
        self.pressure = min(1.0, max(0.0, pressure))
        self.document = document
