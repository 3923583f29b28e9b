"""Report: how well a model reads, as figures, plots and a page."""
