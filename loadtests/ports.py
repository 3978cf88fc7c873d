"""Ports of loopback for servers that are about to start: nobody else gets one meanwhile.

A port that the kernel chose and that was given back is given away again: to a client that names
none, and then nothing can listen there for a minute after that client has gone. So these are ports
that the kernel gives to nobody, and a socket of UDP holds each for as long as this process lives;
it keeps no server of TCP from listening.
"""

import random
import socket
from pathlib import Path

_FIRST, _LAST = 20_000, 65_535  # below are ports that browsers refuse, and those of usual servers
_KERNEL_RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")
_HOLDERS: list[socket.socket] = []


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on, and that no other call returns.

    Raises OSError where there is none.
    """
    ports = _ports_of_nobody()
    for port in random.sample(ports, len(ports)):  # others begin elsewhere
        if not is_free(port):
            continue
        holder = socket.socket(type=socket.SOCK_DGRAM)
        try:
            holder.bind(("127.0.0.1", port))
        except OSError:
            holder.close()
            continue
        _HOLDERS.append(holder)
        return port
    message = "no port of 127.0.0.1 is free"
    raise OSError(message)


def _ports_of_nobody() -> list[int]:
    """Return the ports that are never given to a client; all of them where every port may be."""
    first, last = map(int, _KERNEL_RANGE.read_text("ascii").split())
    every = range(_FIRST, _LAST + 1)
    return [port for port in every if not first <= port <= last] or list(every)


def is_free(port: int) -> bool:
    """Return whether a server could listen on a port of 127.0.0.1 now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
