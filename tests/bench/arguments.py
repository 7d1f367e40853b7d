"""arguments.py: the command line of curve.py, gallery.py and quality.py: words, options and settings in any order."""
# SPDX-FileCopyrightText: The Neural Style authors
# SPDX-License-Identifier: GPL-3.0-or-later


def read_arguments(arguments, defaults):
    """defaults: {option: text}. Returns the options; the words, which have no "="; and the settings, which have one
    but aren't options."""
    options, words, settings = dict(defaults), [], []
    for argument in arguments:
        name, is_setting, value = argument.partition('=')
        if is_setting and name in options:
            options[name] = value
        else:
            (settings if is_setting else words).append(argument)
    return options, words, settings
