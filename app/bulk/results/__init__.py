"""What an organisation gets back: its own rows with columns added, receipts, notices of the end."""
