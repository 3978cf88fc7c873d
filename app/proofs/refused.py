"""Why a proof or ticket does not count."""


class ProofRefused(Exception):
    """What was shown earns nothing.

    reason: ``malformed``, ``wrong``, ``expired``, ``used``, ``elsewhere`` (another network) or
    ``too_soon``, with ``remaining`` seconds to wait.
    """

    def __init__(self, reason: str, remaining: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remaining = remaining
