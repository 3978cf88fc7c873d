"""Generation of every key of a deployment, and of the part that the web tier may have."""

import secrets
import shutil
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from exposure_index.atomic_files import sync_directory, write_whole
from exposure_index.crypto.canonical_json import canonical_bytes
from exposure_index.crypto.keys import KEY_BYTES, PRIVATE_KEY_BYTES, PRIVATE_NAME
from exposure_index.crypto.trust import TRUST_FILE, Signer, Trust
from exposure_index.errors import ExitCode, ForeseenError

KEY_MODE = 0o400
SIGNERS_MAX = 16
_WEB = ("root_plain", "records", "session", "limits", "qr", "altcha", "sealed.pub")
_SHARED_BY_SIGNERS = ("root_plain", "private_1")


class KeysExist(ForeseenError):
    """A key or trust.json stands there already; none is ever overwritten."""

    exit_code = ExitCode.REFUSED


def generate_keys(directory: Path, signers: int = 1) -> Trust:
    """Write every key, mode 0400, and trust.json; return the trust.

    With several signers the first one's key stands in the directory itself, the others' in
    signer_2/, signer_3/ … with what they need to verify a build before signing; all of them
    must sign. Raises KeysExist, ValueError for a wrong number of signers; then nothing is left.
    """
    if not 1 <= signers <= SIGNERS_MAX:
        raise ValueError(f"1 to {SIGNERS_MAX} signers")
    seeds = [Signer(secrets.token_bytes(KEY_BYTES["signing"])) for _ in range(signers)]
    trust = Trust(signers, {signer.id: signer.public_key for signer in seeds})
    sealed = X25519PrivateKey.generate()
    private = {name: secrets.token_bytes(n) for name, n in KEY_BYTES.items()}
    private |= {
        "private_1": secrets.token_bytes(PRIVATE_KEY_BYTES),
        "signing": seeds[0].seed,
        "sealed": sealed.private_bytes_raw(),
        "sealed.pub": sealed.public_key().public_bytes_raw(),
    }
    folders: dict[str, dict[str, bytes]] = {"": private}
    for number, signer in enumerate(seeds[1:], 2):
        shared = {name: private[name] for name in _SHARED_BY_SIGNERS}
        folders[f"signer_{number}"] = {**shared, "signing": signer.seed}
    files = {
        Path(folder, name): (value.hex() + "\n").encode()
        for folder, keys in folders.items()
        for name, value in keys.items()
    }
    public = {
        Path(folder, TRUST_FILE): canonical_bytes(trust.as_document()) + b"\n" for folder in folders
    }
    _place(directory, files, public)
    return trust


def holds_keys(directory: Path) -> bool:
    """Tell whether the keys of a deployment stand there: what signs, and whom to trust."""
    return all((directory / name).is_file() for name in ("signing", TRUST_FILE))


def web_keys(directory: Path, to: Path) -> None:
    """Copy only what the web tier needs: never `signing`, never `sealed`.

    Raises KeysExist; FileNotFoundError where the directory lacks a key.
    """
    private = sorted(p.name for p in directory.iterdir() if PRIVATE_NAME.fullmatch(p.name))
    files = {Path(name): (directory / name).read_bytes() for name in (*_WEB, *private)}
    _place(to, files, {Path(TRUST_FILE): (directory / TRUST_FILE).read_bytes()})


def _place(directory: Path, secret: dict[Path, bytes], public: dict[Path, bytes]) -> None:
    """Put all files in place, or none: written apart first, then moved one by one."""
    tops = sorted({path.parts[0] for path in (*secret, *public)})
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    existing = [top for top in tops if (directory / top).exists()]
    if existing:
        message = f"there already in {directory}: {', '.join(existing)}; nothing was changed"
        raise KeysExist(message)
    apart = Path(tempfile.mkdtemp(prefix=".keys.", dir=directory))
    moved: list[Path] = []
    try:
        for path, data in (*secret.items(), *public.items()):
            (apart / path).parent.mkdir(mode=0o700, exist_ok=True)
            write_whole(apart / path, data, KEY_MODE if path in secret else 0o444)
        for top in tops:
            (apart / top).rename(directory / top)
            moved.append(directory / top)
        sync_directory(directory)
    except BaseException:
        for path in moved:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise
    finally:
        shutil.rmtree(apart, ignore_errors=True)
