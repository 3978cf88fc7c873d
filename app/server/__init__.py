"""gunicorn with the workers that the stores allow."""
