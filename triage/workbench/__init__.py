"""The path of a maintainer: rules tried, proved, compared, drawn and explained."""
