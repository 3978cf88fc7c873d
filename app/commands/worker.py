"""`gauge worker`: checks the lists of organisations."""

import click


@click.command()
@click.option("--parent", type=int, default=0, hidden=True, help="End with this parent process.")
def worker(parent: int) -> None:
    """Check the lists of organisations until told to stop.

    `gauge serve` runs it by itself where there is no Redis (GAUGE_BULK_WORKER). It needs the same
    settings, keys and directories as the web service; it may run on several machines that share
    GAUGE_BULK_DIR and GAUGE_BULK_KEYS_DIR. It yields the processors to whoever else wants them.
    """
    from app.bulk.work import make_worker
    from app.bulk.workers.worker_processes import run_worker
    from app.logs import configure_logs
    from app.settings import read_settings

    settings = read_settings()
    configure_logs(settings.log_level)
    run_worker(settings, make_worker, parent)
