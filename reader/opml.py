"""Subscriptions in and out."""
