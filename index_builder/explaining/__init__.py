"""Why somebody is listed: the engine asked again about one person, on the builder's side only."""
