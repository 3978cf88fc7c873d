"""Lists of organisations: pages, uploads, jobs, results."""
