"""Shapes both ways: what readers and writers share."""
