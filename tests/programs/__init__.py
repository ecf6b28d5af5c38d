"""The program started as a process of its own: what it is given, what it says, and what it keeps."""
