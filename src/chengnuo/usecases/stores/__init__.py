"""Looking into the operator's stores."""
