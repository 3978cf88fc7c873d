"""One person's identity: the canonical form of document and name, and how a name may be spelled."""
