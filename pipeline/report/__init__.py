"""What people read after a run: a page, figures at paper size, and the answers in eleven lines."""
