"""Reference: whom pronouns and nominals ("we", "they", "both countries") stand for."""

from pipeline.references.resolver import References

__all__ = ["References"]
