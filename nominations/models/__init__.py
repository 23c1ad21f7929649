"""Nominations for honours given by others: dossiers, the outside deadline, proof of sending."""
