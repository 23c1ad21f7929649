"""Registered by events of this module: see the app's helper."""
