"""`gauge poster`: an A4 sheet with a signed QR code."""

from pathlib import Path

import click

from app.languages import languages
from exposure_index.crypto.keys import KeyRing

ENGLISH = "en"


@click.command()
@click.option("--url", help="Public address, https://check.example.org (GAUGE_BASE_URL).")
@click.option("--channel", required=True, help="Where it hangs: airport, clinic, station…")
@click.option("--issuer", required=True, help="Who puts it up.")
@click.option("--out", "file", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--lang", "language", type=click.Choice(languages()), default=languages()[0])
@click.option(
    "--trips", is_flag=True, help="For notice boards: leads to trips, by number and date."
)
@click.option("--force", is_flag=True, help="Write over an existing file.")
def poster(  # noqa: PLR0913 - one parameter an option
    url: str | None,
    channel: str,
    issuer: str,
    file: Path,
    language: str,
    *,
    trips: bool,
    force: bool,
) -> None:
    """Write a poster as .pdf, .png or .svg, in a language and in English.

    Example: gauge poster --trips --channel station --issuer "Railway South" --out poster.pdf
    """
    from app.i18n import compile_translations
    from app.posters.drawing import draw
    from app.posters.layout import PosterFacts, poster_items
    from app.posters.qr_codes import FieldTooLong, QrCodes, QrOrigin
    from app.posters.texts import PosterPurpose
    from app.settings import read_settings

    settings = read_settings(**({"base_url": url} if url else {}))
    if not settings.base_url:
        raise click.UsageError("give --url or set GAUGE_BASE_URL")
    _require_writable(file, force=force)
    compile_translations()
    codes = QrCodes(KeyRing.from_directory(settings.keys_dir).bytes("qr"))
    try:
        code = codes.sign(QrOrigin(channel, issuer))
    except FieldTooLong as error:
        raise click.UsageError(f"--channel and --issuer: {error}") from None
    facts = PosterFacts(
        url=f"{settings.base_url}/q/{code}{'/trips' if trips else ''}",
        address=settings.base_url,
        authority=settings.authority_in(language),
        hotline=settings.hotline,
        languages=tuple(dict.fromkeys((language, ENGLISH))),
        purpose=PosterPurpose.TRIPS if trips else PosterPurpose.CHECK,
    )
    draw(poster_items(facts), file)
    click.echo(f"{file}: {facts.url}")


def _require_writable(file: Path, *, force: bool) -> None:
    from app.posters.drawing import FORMATS

    if file.suffix not in FORMATS:
        raise click.UsageError(f"--out must end in one of {', '.join(FORMATS)}")
    if file.exists() and not force:
        raise click.UsageError(f"{file} exists; --force writes over it")
    if not file.parent.is_dir():
        raise click.UsageError(f"there is no directory {file.parent}")
