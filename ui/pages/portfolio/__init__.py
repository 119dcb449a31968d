"""All clients together."""

from ui.pages.portfolio.page import PortfolioPage

__all__ = ["PortfolioPage"]
