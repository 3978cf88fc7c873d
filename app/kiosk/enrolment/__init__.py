"""How a kiosk of an organisation comes to be, and how it ends."""
