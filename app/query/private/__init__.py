"""The private check's side of the service: it evaluates, hands out buckets and learns nothing."""
