"""The guided tour: its panel, its questions, what it leaves of the window."""
