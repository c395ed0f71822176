"""MediaWiki pages: their markup mapped to lines, and the marks of who speaks."""
