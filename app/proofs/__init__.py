"""How a check beyond what is free is earned: by proof of work, or by waiting."""
