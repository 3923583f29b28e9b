"""What is installed: the installers, and the scripts and workflows that make them."""
