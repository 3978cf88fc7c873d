"""Private check: whoever answers learns neither who was asked about nor the result.

The client blinds its two inputs; the server evaluates them under its key and proves that it used
the key of the manifest (evaluation). From the unblinded output the client alone derives the number
of one bucket of 2^k, fetches it whole, proves it against the signed root (merkle, bucket) and opens
the entry of its own, if there is one (client). The builder writes the buckets (bucket_files).
"""
