"""What a person sees, one screen after the other."""
