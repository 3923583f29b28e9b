"""Tour: six steps that show, with one's own drawing, how the network reads."""
