"""Files in and out: lists read, workbooks written; imports app.services and app.domain."""
