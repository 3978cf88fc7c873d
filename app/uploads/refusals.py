"""Why the body of a request is taken for no list of people."""


class UploadRefused(Exception):
    """An upload that is no list: its HTTP status and a code; nothing is left of it."""

    def __init__(self, status: int, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
