"""What a program is told of a list that is refused, in English: what it means and what to do."""

DEFAULT = "The list cannot be read. Nothing of it was checked."
TEXTS = {
    "media_type": "Send text/csv, a workbook "
    "(application/vnd.openxmlformats-officedocument.spreadsheetml.sheet) or application/jsonl.",
    "not_a_workbook": "The body is no workbook (.xlsx), though its media type says so.",
    "workbook_as_text": "The body is a workbook or another ZIP file; send its media type.",
    "not_text": "The body is no text, though its media type says so.",
    "charset": "Lists are not read in this charset. Save the list as UTF-8.",
    "content_encoding": "The body is compressed. Send it as it is, without Content-Encoding.",
    "too_large": "The list is larger than is taken; send it in parts.",
    "empty": "The list is empty.",
    "no_people": "The list has no row with a person.",
    "cut_off": "The list ends where a program cut it off; save it whole and send it again.",
    "cut_row": "The last row ends in the middle: the list was cut off. Send it whole.",
    "too_slow": "The body came too slowly, or took too long. Send it again.",
    "idempotency_key": "Idempotency-Key is 1 to 255 visible ASCII characters.",
    "locked": "The workbook is protected by a password. Save it without and send it again.",
    "legacy_xls": "This is a workbook of Excel 97 to 2003 (.xls). Save it as .xlsx.",
    "damaged": "The file is damaged and cannot be read whole.",
    "encoding": "The text does not prove its encoding. Save it as UTF-8, or send "
    "Content-Type: text/csv; charset=NAME.",
    "several_sheets": "Several sheets hold people. Keep one, or send them one by one.",
    "columns_unclear": "No heading names the columns. Name them id_type, id_number, name.",
    "no_such_sheet": "The workbook has no such sheet.",
    "several_tables": "Below the first table stands another with other columns. Send them apart.",
    "one_column": "The list has one column; numbers and names stand in columns of their own.",
    "formulas": "The number or the name is a formula without a result. Save values and send again.",
    "wrong_type": "The file is of another kind than its media type says.",
    "endless_line": "A line is longer than any list has; the file is damaged or no list.",
    "draft_expired": "Nobody started the job in its time; its list is destroyed.",
    "organisation_disabled": "The organisation is disabled.",
    "too_few_people": "Under the policy of this organisation a list has at least 50 people.",
    "one_job_a_build": "Each build answers one list of this organisation, even if it was stopped.",
    "list_lost": "The stored list is damaged or gone. Send it again.",
    "internal": "A fault of the service ended the job. Send the list again, and report it.",
}


def refusal_text(code: str) -> str:
    """Return what a code means and what to do."""
    return TEXTS.get(code, DEFAULT)
