"""nginx on loopback under docs/playbooks/nginx.conf, with a plain file beside the buckets."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from loadtests import servers
from loadtests.ports import free_port

CONFIGURATION = servers.ROOT / "docs" / "playbooks" / "nginx.conf"
PLACES = ("/usr/sbin/nginx", "/usr/local/sbin/nginx")  # not in everybody's PATH
PLAIN_FILE = """        location = /plain-file {
            root SCRATCH;
        }

"""
BESIDE = "        location @service {"


def program() -> str | None:
    """Return where nginx is, None where it is not installed."""
    return shutil.which("nginx") or next((p for p in PLACES if Path(p).exists()), None)


@contextmanager
def nginx(service: str, index: Path, plain: bytes) -> Iterator[str]:
    """Serve the buckets of an index as files and ``plain`` as /plain-file; yield the address."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        scratch.chmod(0o755)
        (scratch / "plain-file").write_bytes(plain)
        text = CONFIGURATION.read_text("utf-8")
        text = text.replace(BESIDE, PLAIN_FILE + BESIDE)
        words = {"SCRATCH": folder, "INDEX": str(index), "SERVICE": service.removeprefix("http://")}
        for word, value in {**words, "LISTEN": f"127.0.0.1:{port}"}.items():
            text = text.replace(word, value)
        file = scratch / "nginx.conf"
        file.write_text(f"user root;\n{text}" if os.geteuid() == 0 else text, encoding="utf-8")
        command = [str(program()), "-c", str(file), "-g", "daemon off;", "-e", "stderr"]
        with servers.running(command, port, {}):
            yield f"http://127.0.0.1:{port}"
