"""What one build would change against another: people by keyed digests, the rest by reports."""
