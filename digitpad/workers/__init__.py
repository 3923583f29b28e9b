"""Workers: what runs beside the window. QtCore only; no widgets, no painting."""
