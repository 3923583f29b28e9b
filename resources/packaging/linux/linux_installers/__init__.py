"""Linux installers: packs a frozen folder into a Debian package and a double-click installer.

Runs on any Python from 3.11 on with the standard library alone; needs dpkg-deb, objdump and gcc.
"""
