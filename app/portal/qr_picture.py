"""A QR code as the path of an SVG, drawn within a page: no file, no other address."""

import qrcode

QUIET_MODULES = 4


def qr_path(text: str) -> tuple[int, str]:
    """Return the code's width in modules, quiet zone included, and its dark modules as a path."""
    code = qrcode.QRCode(border=QUIET_MODULES, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(text)
    rows = code.get_matrix()
    dark = (
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, module in enumerate(row) if module
    )
    return len(rows), "".join(dark)
