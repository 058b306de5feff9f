"""Tests of the desk, through Pilot."""
