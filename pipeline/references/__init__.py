"""Which actors pronouns and nominals ("we", "they", "both countries") mean."""

from pipeline.references.resolver import References

__all__ = ["References"]
