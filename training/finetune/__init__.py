"""Fine-tuning the sentence encoder: teacher, student, export. Needs the extra ``training``."""
