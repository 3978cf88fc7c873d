"""What the sources leave open: one question to one department, however many cases ask it."""
