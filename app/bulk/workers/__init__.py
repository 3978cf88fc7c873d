"""Workers: the processes that take turns at jobs, and what wakes and keeps them."""
