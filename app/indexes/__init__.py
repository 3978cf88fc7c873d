"""The indexes that are served: opened, reloaded, guarded against rollback and a clock set back."""
