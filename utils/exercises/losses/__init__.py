"""Chapter 3, losses and training."""
