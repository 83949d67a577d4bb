"""In: the values of filled forms. Out: drawings of them as SVG texts, for a page of ours or for the web.

Nothing in a drawing is a link, a script or a reference to a file; every text in it is escaped.
"""

from __future__ import annotations

from bidkit.documents.forms.charts.competitors import competitors_svg
from bidkit.documents.forms.charts.organisation import organisation_svg
from bidkit.documents.forms.charts.roles import roles_svg

__all__ = ["competitors_svg", "organisation_svg", "roles_svg"]
