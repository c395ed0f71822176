"""Results that earlier runs kept: by stage, in one SQLite file, found by what they depend on."""
