"""What our own service is measured against: the least that a web service can do."""
