"""Personal information in text: found by shape, check digit and cue, and masked."""
