"""What a compliance audit looks at, item by item."""
