"""Transcripts in XML: TEI, Akoma Ntoso, Transcriber, EXMARaLDA, and whatever names its speakers."""
