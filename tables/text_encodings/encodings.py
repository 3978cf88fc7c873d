"""Detects the encoding of a file of text: UTF-8, or GB18030 where the text proves it.

GB18030 decodes nearly anything. That Big5, EUC-KR or a Windows code page decodes proves nothing,
and read so every name would be another one: such a file is refused until somebody names its
encoding (docs/decisions/0033-encodings.md).
"""

import codecs
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from tables.text_encodings.costs import cost_in
from tables.text_encodings.proof import (
    LONG_CODECS,
    judge,
    speaks_against_gb18030,
    valid_by_accident,
)

UTF_8, GB18030 = "utf-8-sig", "gb18030"
"""As Python calls UTF-8 with or without a byte order mark, and the standard's other encoding."""
_BLOCK_BYTES = 1 << 20
_LINE_MAX_BYTES = 1 << 20
_END_BYTES = 1 << 14
_LINES_WEIGHED_MAX = 20_000
# A lone short word of GB18030 is valid UTF-8 by accident now and then, two Han characters never.
_ACCIDENTS_SHARE_MAX = 0.1
_CERTAIN_SHARE_MAX = 0.01
_DOUBTFUL_FOR_ONE = 4  # lines that may be UTF-8 by accident, to one that is none
_HAN_FIRST, _HAN_LAST = "\u3400", "\u9fff"
_REPLACEMENT = "\ufffd"
# Encodings that write other scripts with bytes of ASCII alone: read as it, 田中 is the name BEDCfB.
_SEVEN_BITS = re.compile(r"\x1b[$(]|~\{[!-}]+~\}")

# The names and their meaning are those of the WHATWG Encoding Standard (Big5 with the Hong Kong
# characters, EUC-KR and Shift_JIS as Windows has them), beside the usual other names.
CODECS: Mapping[str, str] = MappingProxyType(
    {
        "utf-8": UTF_8,
        "gb18030": GB18030,
        "gbk": GB18030,
        "gb2312": GB18030,
        "big5": "big5hkscs",
        "big5-hkscs": "big5hkscs",
        "euc-kr": "cp949",
        "cp949": "cp949",
        "shift_jis": "cp932",
        "cp932": "cp932",
        "euc-jp": "euc_jp",
        **{f"windows-{page}": f"cp{page}" for page in (*range(1250, 1259), 874)},
        **{f"cp{page}": f"cp{page}" for page in (*range(1250, 1259), 874)},
        **{f"iso-8859-{part}": f"iso8859_{part}" for part in (2, 5, 7, 8, 9, 15)},
        "iso-8859-1": "cp1252",
        "latin-1": "cp1252",
        "koi8-r": "koi8_r",
        "koi8-u": "koi8_u",
        "ibm866": "cp866",
    }
)
"""Name of an encoding that somebody may choose → its codec."""
_NAME_OF: Mapping[str, str] = {codec: name for name, codec in reversed(list(CODECS.items()))}
_NAME_IT = (
    "or name its encoding (--encoding NAME of build, why, export, check, private-check and notices)"
)
_ADVICE = f"save it as UTF-8, {_NAME_IT}"
_MARK_ADVICE = f"save it as UTF-8 with a byte order mark, {_NAME_IT}"


class EncodingRefused(ValueError):
    """The encoding of the file is not certain, or one that is not read; the message says both.

    file: its name; reason: what is wrong with it; advice: what can be done; candidates: names of
    CODECS that it may be in, the likeliest first.
    """

    def __init__(
        self, file: str, reason: str, advice: str = _ADVICE, candidates: Sequence[str] = ()
    ) -> None:
        super().__init__(f"{file}: {reason}; {advice}")
        self.file, self.reason, self.advice = file, reason, advice
        self.candidates = tuple(map(encoding_name, candidates))


def encoding_name(codec: str) -> str:
    """Return the name of CODECS under which an encoding is chosen."""
    return _NAME_OF[codec]


def detect_encoding(path: Path, choice: str = "") -> str:
    """Return the encoding of a file; see encoding_of. Raises EncodingRefused."""
    with path.open("rb") as file:
        return encoding_of(file, path.name, choice)


def encoding_of(file: BinaryIO, name: str, choice: str = "") -> str:
    """Return the codec of a file: UTF_8, GB18030 where the text proves it, else that of `choice`.

    choice: a name of CODECS, "" where nobody says what the encoding is; what the text itself proves
    goes before, since one choice stands for every file of a source. A file that is not wholly UTF-8
    is weighed by its lines; the broken ones are rejected one by one by the reader. Raises
    EncodingRefused for UTF-16, ISO-2022 and HZ, for a file with many lines of both, and for what
    proves nothing where there is no choice.
    """
    file.seek(0)
    start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise EncodingRefused(name, "UTF-16 text", "save it as UTF-8")
    if start.startswith(codecs.BOM_UTF8) or CODECS.get(choice) == UTF_8:
        return UTF_8
    whole = _is_whole_utf8(file, name)
    if whole is not None and (whole or not valid_by_accident(_lines(file))):
        return UTF_8
    if whole is None and _is_damaged_utf8(file, name):
        return UTF_8
    verdict = judge(line for line in _lines(file) if not has_utf8_han(line))
    if verdict.proven:
        if speaks_against_gb18030(_last_lines(file)):
            reason = "it begins as GB18030 and ends in another encoding"
            raise EncodingRefused(name, reason, "save all of it as UTF-8")
        return GB18030
    if choice:
        return CODECS[choice]
    advice = _ADVICE if whole is None else _MARK_ADVICE
    raise EncodingRefused(name, _doubt(verdict.candidates), advice, verdict.candidates)


def refuse_choice(file: BinaryIO, name: str, choice: str) -> None:
    """Refuse the encoding that somebody chose where the text is by far likelier in one other.

    Only for encodings whose characters are several bytes: those of single bytes are much alike.
    Raises EncodingRefused.
    """
    found = judge(line for line in _lines(file) if not has_utf8_han(line)).candidates
    if len(found) == 1 and found[0] in LONG_CODECS and found[0] != CODECS[choice]:
        reason = f"its text is not {choice}, it is {encoding_name(found[0])}"
        raise EncodingRefused(name, reason, candidates=found)


def has_utf8_han(line: bytes) -> bool:
    """Return whether a line is valid UTF-8 with two Han characters or more.

    In a file of another encoding it came from elsewhere: it would turn into other characters.
    """
    try:
        return _han_count(line.decode("utf-8")) > 1
    except UnicodeDecodeError:
        return False


def _doubt(candidates: Sequence[str]) -> str:
    *names, last = map(encoding_name, candidates)
    likely = f"{', '.join(names)} or {last}" if names else last
    return f"its text proves neither UTF-8 nor GB18030: it may be {likely}"


def _lines(file: BinaryIO) -> Iterable[bytes]:
    """Return the lines that hold more than ASCII."""
    file.seek(0)
    lines = iter(lambda: file.readline(_LINE_MAX_BYTES), b"")
    return (line for line in lines if not line.isascii())


def _last_lines(file: BinaryIO) -> list[bytes]:
    """Return the last lines that may be of the encoding of the file, the last one first."""
    start = max(0, file.seek(0, io.SEEK_END) - _END_BYTES)
    file.seek(start)
    lines = file.read(_END_BYTES).splitlines()[1 if start else 0 :]
    return [line for line in reversed(lines) if not line.isascii() and not has_utf8_han(line)]


def _is_whole_utf8(file: BinaryIO, name: str) -> bool | None:
    """Return None where a file is not UTF-8, False where it may be so by accident.

    Raises EncodingRefused for what only looks like ASCII.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_ascii, han = True, 0
    file.seek(0)
    try:
        while block := file.read(_BLOCK_BYTES):
            text = decoder.decode(block)
            is_ascii = is_ascii and text.isascii()
            if is_ascii and _SEVEN_BITS.search(text):
                raise EncodingRefused(name, "ISO-2022 or HZ text", "save it as UTF-8")
            han += 0 if is_ascii or han > 1 else _han_count(text)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return is_ascii or han > 1


def _is_damaged_utf8(file: BinaryIO, name: str) -> bool:
    """Return whether a file is UTF-8 but for some lines. Raises EncodingRefused where many are."""
    utf8, certain, other = _weigh(_lines(file))
    if utf8 and utf8 >= other:
        return True
    total = utf8 + other
    if utf8 > _ACCIDENTS_SHARE_MAX * total or certain > _CERTAIN_SHARE_MAX * total:
        reason = "some lines are UTF-8 and others are not"
        raise EncodingRefused(name, reason, "save all of it as UTF-8")
    return False


def _weigh(lines: Iterable[bytes]) -> tuple[int, int, int]:
    """Return how many lines speak for UTF-8, how many of those beyond doubt, how many against it.

    lines: those with bytes beyond ASCII; the first 20,000 that speak for either decide.
    """
    utf8 = certain = other = doubtful = 0
    for line in lines:
        text = line.decode("utf-8", "replace")
        han, broken = _han_count(text), text.count(_REPLACEMENT)
        # A damaged UTF-8 line keeps its other characters; others read as UTF-8 keep none or one.
        if han > max(broken, 1):
            utf8 += 1
            certain += not broken
        elif broken:
            other += 1
        else:  # Noël, or 毛, which is ë
            doubtful += cost_in(UTF_8, line) <= cost_in(GB18030, line)
        if utf8 + other + doubtful >= _LINES_WEIGHED_MAX:
            break
    return utf8 + doubtful // _DOUBTFUL_FOR_ONE, certain, other


def _han_count(text: str) -> int:
    return sum(_HAN_FIRST <= character <= _HAN_LAST for character in text)
