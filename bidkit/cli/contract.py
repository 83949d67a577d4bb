"""`bidkit contract`: what is done with a contract text; its commands register themselves here."""

from __future__ import annotations

import typer

from bidkit.cli import contract_clauses, contract_compare, contract_review, contract_terms

app = typer.Typer(help="Contracts: compare, review, take apart.", rich_markup_mode=None)
contract_clauses.register(app)
contract_compare.register(app)
contract_review.register(app)
contract_terms.register(app)
