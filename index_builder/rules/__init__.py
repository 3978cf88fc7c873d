"""Contact rules as data: one TOML file a rule set, with its source and dates in force."""
