"""OpenAPI 3.1: each view states its types, and the document is made of them."""
