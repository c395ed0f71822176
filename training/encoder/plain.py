"""The train half of the plain cases as rows to fit on; the test half is only ever scored."""
