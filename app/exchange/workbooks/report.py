"""What a file that was written holds, and what had to be changed on the way."""

from dataclasses import dataclass

from app.words.catalogue import trn


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What a file holds: rows of content, characters replaced, texts too long for a cell that moved to a sheet."""

    rows: int = 0
    replaced: int = 0
    moved: int = 0

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say what was changed on the way, if anything."""
        said = []
        if self.replaced:
            said.append(
                trn(
                    "{n} character that no file can hold was replaced by “�”.",
                    "{n} characters that no file can hold were replaced by “�”.",
                    self.replaced,
                )
            )
        if self.moved:
            said.append(
                trn(
                    "{n} text longer than a cell stands whole on the sheet “Long texts”.",
                    "{n} texts longer than a cell stand whole on the sheet “Long texts”.",
                    self.moved,
                )
            )
        return tuple(said)
