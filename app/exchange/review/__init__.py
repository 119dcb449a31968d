"""The client review as a workbook, one module a sheet; imports app.services, app.domain, app.words and workbooks."""
