"""Marks that stand between the parts of a number or a name."""

MARKS = ["", " ", *"-\u2010–—―−·•・･‧∙。.", " — "]
