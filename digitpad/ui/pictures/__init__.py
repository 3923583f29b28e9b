"""Pictures in the window: opened, dropped or pasted, with the answer over each digit."""
