"""Composite indicators: pure functions on arrays, no database.

The steps are those of the OECD/JRC Handbook on Constructing Composite Indicators (2008):
denomination, missing data, outliers, normalisation, weighting, aggregation, ranks, uncertainty,
back to the data. docs/scoring.md has the formulas.
"""
