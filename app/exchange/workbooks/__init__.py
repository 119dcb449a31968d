"""Workbooks written through one typed wrapper of XlsxWriter; imports app.domain, app.words and app.errors."""
