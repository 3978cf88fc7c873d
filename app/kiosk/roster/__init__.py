"""People who agreed to carry a badge, and the decision table that kiosks answer badges from."""
