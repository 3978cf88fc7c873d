"""Draws a QR code as text for a terminal."""

import io

import qrcode

QUIET_MODULES = 4


def terminal_qr(text: str) -> str:
    """Return a QR code in half blocks, readable on a dark and on a light terminal."""
    code = qrcode.QRCode(border=QUIET_MODULES, error_correction=qrcode.ERROR_CORRECT_L)
    code.add_data(text)
    out = io.StringIO()
    code.print_ascii(out=out, invert=True)
    lines = out.getvalue().rstrip("\n").splitlines()
    return "\n".join(f"\x1b[40;97m{line}\x1b[0m" for line in lines)
