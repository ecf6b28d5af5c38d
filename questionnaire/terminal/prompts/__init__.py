"""The door to questionary: prompts with arrow keys and number keys, on a real terminal.

What a screen may ask for is ``Interface`` (``questionnaire/terminal/interface.py``). A new kind of prompt
begins there, and is answered here, by ``prompt_interface.py``, and without keys by
``questionnaire/terminal/plain.py``.
"""
