"""The window and what it is made of. Paints and forwards; decides nothing about digits."""
