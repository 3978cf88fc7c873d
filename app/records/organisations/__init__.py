"""Organisations: members, invitations, keys and audit log; their jobs, receipts and quotas."""
