"""`gauge evaluator`: holds the private keys for a service that must not."""

import os
from pathlib import Path

import click

from exposure_index.crypto.keys import KeyRing


@click.command()
@click.option(
    "--socket",
    "path",
    type=click.Path(path_type=Path),
    help="Unix socket to listen on (GAUGE_EVALUATOR_SOCKET).",
)
@click.option("--group", default="", help="Group that may connect; without it, this user alone.")
@click.option("--parent", type=int, default=0, hidden=True, help="End with this parent process.")
def evaluator(path: Path | None, group: str, parent: int) -> None:
    """Hold the keys private_<no> and evaluate private checks until told to stop.

    Run it as a user of its own whose GAUGE_KEYS_DIR holds nothing else; the web service has
    GAUGE_EVALUATOR=process, the same GAUGE_EVALUATOR_SOCKET, and a keys directory without them:

        gauge evaluator --socket /run/gauge-evaluator/socket --group gauge
    """
    from app.evaluators.pool import EvaluatorPool, EvaluatorSocket
    from app.evaluators.reloading import ReloadingEvaluator
    from app.logs import configure_logs
    from app.settings import read_settings

    settings = read_settings()
    configure_logs(settings.log_level)
    socket_path = path or settings.evaluator_socket
    if socket_path is None:
        message = "say where to listen: --socket or GAUGE_EVALUATOR_SOCKET"
        raise click.UsageError(message)
    keys = KeyRing.from_directory(settings.keys_dir)
    processes = settings.evaluator_workers or os.cpu_count() or 1
    address = EvaluatorSocket(socket_path, group)
    EvaluatorPool(address, lambda: ReloadingEvaluator(keys), processes, parent).run()
