"""Phone verification, where the operator turns it on: one telephone, three identities a day."""
