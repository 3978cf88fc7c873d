"""The API described: each view says its types, and the document is made of them (OpenAPI 3.1)."""
