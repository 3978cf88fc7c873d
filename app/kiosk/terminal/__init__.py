"""The kiosk's page, the same for everybody, and the page on which a visitor seals their details."""
