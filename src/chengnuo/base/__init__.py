"""What every floor may use: errors, canonical bytes, digests, bilingual text, periods."""
