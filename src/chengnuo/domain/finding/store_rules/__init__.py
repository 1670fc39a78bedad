"""Rules about what lies in stores."""
