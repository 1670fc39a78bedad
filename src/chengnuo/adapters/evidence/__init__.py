"""The evidence log on disk: segments, tiles, map, keys, witnesses and time stamps."""
