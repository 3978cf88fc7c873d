"""`gauge org verify-receipt`: whether a receipt of a job is as it was signed; asks no service."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click

RECEIPT_MAX_BYTES = 65_536
PUBLIC_KEY = re.compile("[0-9a-f]{64}", re.ASCII)


def _public_key(_context: click.Context, _parameter: click.Parameter, text: str | None) -> bytes:
    if text is None:
        return _own_key()
    if not PUBLIC_KEY.fullmatch(text):
        raise click.BadParameter("64 characters of hex, as /api/v1/bulk/receipt-key gives them")
    return bytes.fromhex(text)


def _own_key() -> bytes:
    from app.bulk.results.receipts import ReceiptSigner
    from app.settings import read_settings
    from exposure_index.crypto.keys import KeyRing

    keys = KeyRing.from_directory(read_settings().keys_dir)
    return ReceiptSigner(keys.bytes("records")).public_key


@click.command("verify-receipt")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key",
    "public_key",
    callback=_public_key,
    help="The service's public key, from /api/v1/bulk/receipt-key; else that of this machine's "
    "key `records`.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the receipt as JSON.")
def verify_receipt_command(file: Path, public_key: bytes, *, as_json: bool) -> None:
    """Tell what a receipt says, if it is as it was signed; else end with 11.

    Example: gauge org verify-receipt receipt.json --key 1f…
    """
    from app.bulk.results.receipts import verify_receipt
    from exposure_index.regular_files import read_regular

    document = verify_receipt(read_regular(file, RECEIPT_MAX_BYTES), public_key)
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False))
        return
    click.echo("genuine")
    for name, value in document.items():
        words = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
        click.echo(f"{name:14} {words}")
