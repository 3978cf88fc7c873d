"""The API of kiosks, as docs/kiosk-protocol.md says it byte by byte."""
