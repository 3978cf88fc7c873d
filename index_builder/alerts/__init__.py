"""Trip alerts on the builder's side: their export opened, compared with what is published, sent."""
