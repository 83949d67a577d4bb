"""Tender and bid management for project-type sales: rooms in the order of docs/ARCHITECTURE.md."""

__version__ = "0.1.0"
