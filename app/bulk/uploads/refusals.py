"""Why an upload is not taken: nothing is left of it then."""


class KeyConflict(Exception):
    """An idempotency key came before with another body."""


class UploadUnderWay(Exception):
    """The first upload under an idempotency key has not come to its end yet."""

    retry_after = 5


class UploadDiskFull(Exception):
    """The disk is full, or nearly so; nothing is left of the upload."""

    retry_after = 600


class TooManyUploads(Exception):
    """As many uploads as may be are under way; own: of this organisation, else of all."""

    retry_after = 10

    def __init__(self, *, own: bool) -> None:
        super().__init__()
        self.own = own


class QuotaUsedUp(Exception):
    """The quota covers nobody more, and nobody of this list; retry_after: seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


class TooManyJobs(Exception):
    """As many jobs of the organisation as may be have not come to their end yet."""

    retry_after = 60
