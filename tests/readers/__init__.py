"""What readers of conditions say, in one form, and what tells a right one from a wrong one."""
