"""What kind of list an upload says it is, and whether its first bytes agree."""

from app.uploads.refusals import UploadRefused
from tables.staff_lists.staff_list import ListKind

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: dict[str, ListKind] = {
    "text/csv": "csv",
    "text/tab-separated-values": "csv",
    "text/plain": "csv",
    "application/csv": "csv",
    XLSX_TYPE: "xlsx",
    "application/vnd.ms-excel.sheet.macroenabled.12": "xlsx",
    "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
    "application/x-jsonlines": "jsonl",
}
UNTYPED = ("", "application/octet-stream", "application/vnd.ms-excel")
"""What browsers say of any file, and of a CSV where Excel is installed: its name decides."""
ENDINGS: dict[str, ListKind] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xlsx",  # so that the reader says what to do with an old one
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
SNIFF_BYTES = 8
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0"  # an old .xls, or a workbook behind a password: the reader tells which
_NO_TEXT = (
    _OLE,
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
)


def list_kind(media_type: str, file_name: str) -> ListKind:
    """Return what an upload claims to be. Raises UploadRefused (415)."""
    plain = media_type.partition(";")[0].strip().lower()
    if plain in KINDS:
        return KINDS[plain]
    dot = file_name.rfind(".")
    kind = ENDINGS.get(file_name[dot:].lower()) if dot >= 0 else None
    if plain in UNTYPED and kind is not None:
        return kind
    raise UploadRefused(415, "media_type")


def require_kind(kind: ListKind, start: bytes) -> None:
    """Compare the first bytes with what the upload claims to be. Raises UploadRefused (415)."""
    if kind == "xlsx":
        if start.startswith(_OLE):  # the reader says whether it is locked or of an old kind
            return
        if not start.startswith(_ZIP):
            raise UploadRefused(415, "not_a_workbook")
    elif start.startswith(_ZIP):
        raise UploadRefused(415, "workbook_as_text")
    elif start.startswith(_NO_TEXT):
        raise UploadRefused(415, "not_text")
