"""The runtime of a build: workspace, worker processes, casework between builds."""
