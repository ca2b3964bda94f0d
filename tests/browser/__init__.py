"""Tests of the review page in a browser."""
