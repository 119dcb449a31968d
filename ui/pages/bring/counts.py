"""What becomes of the rows of a list, in figures that add up."""

from app.exchange.importing import Plan
from app.words.catalogue import tr
from ui.theme import Theme
from ui.tokens import Tone
from ui.widgets.figure import Figure, FigureRow


class Counts(FigureRow):
    """Rows that are new, changed, the same, wrong or left out, and the clients that come with them."""

    def __init__(self, theme: Theme) -> None:
        self.figures = {
            key: Figure(theme, words, explains=False, counts=True)
            for key, words in (
                ("new", tr("new")),
                ("changed", tr("changed")),
                ("same", tr("same as before")),
                ("problems", tr("need a word")),
                ("skipped", tr("left out")),
                ("clients", tr("new clients")),
            )
        }
        super().__init__(list(self.figures.values()), equal=False)

    def show_plan(self, planned: Plan | None) -> None:
        """Count what a plan would do; without one nothing is known yet."""
        if planned is None:
            for figure in self.figures.values():
                figure.set_figure("", "")
            return
        counts = {
            "new": planned.new,
            "changed": planned.changed,
            "same": planned.same,
            "problems": len(planned.problems),
            "skipped": planned.skipped,
            "clients": len(planned.new_clients),
        }
        for key, number in counts.items():
            tone = Tone.DUE if key == "problems" and number else Tone.PLAIN
            self.figures[key].set_figure(f"{number:,}", "", tone)
