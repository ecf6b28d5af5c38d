"""The diary of nights on paper and on the screen: as a drawing, and in words."""
