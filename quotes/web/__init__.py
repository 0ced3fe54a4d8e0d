"""The review desk in a browser: a Starlette application on this machine alone."""
