"""What is typed into the page's fields, or dragged, or chosen: numbers, and places of a window.

fields = Fields(app, tasks)
fields.reach(field)                  # the focus is there
fields.take(field, is_final=False)   # something was typed
fields.leave(field)
"""

from cnnscope.browser.tasks import next_frame


class Fields:
    """The fields of one page."""

    def __init__(self, app, tasks):
        """Tell an application what is typed."""
        self.app = app
        self.tasks = tasks
        self.reached = ("", "")  # key and value of the number that is being changed

    def reach(self, field):
        """The focus is in a field: remember the number of a kernel that is there."""
        if getattr(field.dataset, "input", None) == "weight":
            self.reached = (field.dataset.key, field.value)

    def leave(self, field):
        """The focus left a field; a number then shows how it is read."""
        match getattr(field.dataset, "input", None):
            case "weight":
                self.tasks.begin(self.settle(self.app.fill_card))
            case "playground":
                self.tasks.begin(self.settle(self.app.playground.tidy))

    async def settle(self, fill):
        """Show numbers as they are, once the field that was left is no longer typed into."""
        await next_frame()
        fill()

    def press(self, event):
        """A key in a field; whether it belongs to the field alone."""
        field = event.target
        if getattr(field.dataset, "input", None) == "playground":
            return playground_key(self.app.playground, event)
        by = self.app.playground.steps("weight", event.key)
        if by and getattr(field.dataset, "input", None) == "weight":
            event.preventDefault()
            field.blur()  # so that the field shows what it is given
            self.app.editor.nudge(int(field.dataset.args), field.value, by)
            field.focus()
        if event.key == "Escape" and self.restore(field):
            return True
        is_letter = field.type == "range" and self.app.keyboard.is_letter(event.key)
        return event.key != "Escape" and not is_letter

    def restore(self, field):
        """Put back the number that a field had when it was reached; whether it was another."""
        key, value = self.reached
        if getattr(field.dataset, "key", None) != key or field.value == value:
            return False
        field.value = value
        self.take(field, is_final=True)
        return True

    def take(self, field, *, is_final):
        """A number of a kernel, or the place of the sliding window."""
        match getattr(field.dataset, "input", None):
            case "weight":
                self.app.editor.weight(int(field.dataset.args), field.value, is_final=is_final)
            case "playground":
                self.app.playground.type(field.dataset.args, field.value)
            case "logit":
                self.app.dispatch("logit", int(field.dataset.args), float(field.value))
            case "rival" if is_final:
                self.app.act("rival", field.value)
            case "scrub":
                self.app.player.scrub(field.value)
                if is_final:
                    self.app.say_value()


def playground_key(playground, event):
    """A key in a field or on a slider of the playground; whether it belongs to that alone."""
    field, name = event.target, event.target.dataset.args
    if field.type != "text":
        return event.key != "Escape"
    by = 0 if event.shiftKey else playground.steps(name, event.key)
    if by:
        event.preventDefault()
        field.blur()  # so that the field shows what it is given
        playground.nudge(name, field.value, by)
        field.focus()
    elif event.key == "Escape" and playground.is_refused(name):
        field.blur()
        playground.drop(name)
        playground.tidy()
        field.focus()
    else:
        return event.key != "Escape"
    return True
