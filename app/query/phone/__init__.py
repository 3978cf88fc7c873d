"""The pages of phone verification; they exist only where it is turned on."""
