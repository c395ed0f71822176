"""Westward: who claims what, why, and where does each of them stand on the West?"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("westward")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0+unknown"
