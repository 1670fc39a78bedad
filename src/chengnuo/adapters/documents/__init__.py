"""Documents as files: HTML, PDF, XLSX, Markdown and JSON."""
