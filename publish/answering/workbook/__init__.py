"""The clerk's own workbook given back: cells painted by severity, all findings listed in front, the published values behind."""
