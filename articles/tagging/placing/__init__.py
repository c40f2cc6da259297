"""Cities and regions, which of their namesakes is meant, and the countries of the story."""
