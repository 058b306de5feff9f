"""Tests of newsread."""
