"""Set-up, checks of the house, makers of committed files: for the Makefile, never shipped."""
