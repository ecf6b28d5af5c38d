"""The smallest questionary program: the yardstick for the time to the first prompt."""

import questionary

questionary.text("Press Enter to start.").ask()
