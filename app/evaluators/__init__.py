"""Whoever holds the private keys: this process (watched_keys), or one of its own.

Then the web workers ask over a Unix socket (remote, frames); the evaluator is a pool of processes
(pool), since the library holds the interpreter's lock, and `gauge serve` keeps it running
(supervised).
"""
