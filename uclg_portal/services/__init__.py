"""PostgreSQL and Valkey from wheels, run by ourselves, for development, tests and demonstration."""
