"""Page: a picture of paper with writing on it -> the marks on it, line by line. No Qt, no files."""
