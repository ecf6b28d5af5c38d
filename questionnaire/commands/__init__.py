"""The command line: each command reads its input, calls the engine, and shows what came out."""
