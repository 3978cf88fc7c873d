"""The daily log of people in observation: temperature and symptoms, morning and evening."""
