"""`python -m app.commands`: the command `gauge`, also where its script is not in the path."""

from app.commands import main

main()
