"""Understand: the panel that shows why the network answers as it does, page by page."""
