"""The smallest questionary program: the yardstick for the time to the first prompt, and to the next one."""

import questionary

while questionary.text("Press Enter to start.").ask() is not None:
    pass
