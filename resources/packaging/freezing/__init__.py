"""What build.spec needs to freeze the program: trimming, symbols, names and icons, licences.

Runs inside PyInstaller; nothing here is part of the program.
"""
