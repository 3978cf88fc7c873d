"""The API by which programs of organisations send lists in and fetch results."""
