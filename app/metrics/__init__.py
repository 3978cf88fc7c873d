"""What Prometheus may know: how often, how fast and how old, never who or with what result."""
