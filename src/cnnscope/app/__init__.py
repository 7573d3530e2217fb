"""The application: state in, page out; actions, history, keyboard, pointer."""
