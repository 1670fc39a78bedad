"""Pictures: laid out for a page and for a phone from values, and written as SVG."""
