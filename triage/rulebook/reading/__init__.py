"""From files of YAML to plain data with places, and to the parts of a rulebook."""
