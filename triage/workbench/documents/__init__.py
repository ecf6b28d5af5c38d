"""What a maintainer reads, as documents without formatting."""
