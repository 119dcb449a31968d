"""How rows name their client: by name, by code, or by a number that stands for both."""

from app.exchange.lists.columns import ColumnReader


def client_columns(reader: ColumnReader, *, needed: bool = True) -> tuple[list[str], list[str]]:
    """Give the clients' names and codes of all rows; where only a code is there it is the name as well.

    A column of names that holds nothing but digits is one of codes. Rows that name nobody are problems unless not
    `needed`.
    """
    names, codes = reader.names("client"), reader.names("code")
    if not reader.has("code") and all(name.isdigit() for name in names if name) and any(names):
        codes = names
    if not reader.has("client"):
        names = codes
    elif reader.has("code"):
        names = [name or code for name, code in zip(names, codes, strict=True)]
    if needed and not all(names):
        reader.required("client" if reader.has("client") else "code", names, "client")
    return names, codes
