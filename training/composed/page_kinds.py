"""Page kinds: names of the sets of pages that can be composed. Loads nothing, for help is to be
instant."""

KINDS = (
    "single-clean",
    "single-degraded",
    "lines-clean",
    "lines-degraded",
    "form",
    "table",
    "photo",
    "flat",
)
"""What sets there are: one digit a page; lines of digits; lines on a photo in boxes or on lines; on
a photo of a sheet that lies on a table; on a photo of 12 megapixels; and MNIST's pictures of 28x28
and, made smaller, 16x16."""
