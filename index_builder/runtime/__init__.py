"""What a build runs on: engine and folder, worker processes, casework between builds."""
