"""Evaluators: who holds the private keys, this process or one of its own.

``reloading``: the keys in this process. Else the web workers ask over a Unix socket (``remote``,
``wire``): the evaluator is a pool of processes (``pool``), since the library holds the
interpreter's lock, and ``gauge serve`` keeps it running
(``supervisor``) on a socket in a folder for it alone (``socket_folder``).
"""
