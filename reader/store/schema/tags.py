"""The tags of feeds: a feed has one topic, and other readers may have given it many names."""

from __future__ import annotations

THIRTEENTH = """
ALTER TABLE feed ADD COLUMN tags TEXT NOT NULL DEFAULT '';         -- one a line
"""
