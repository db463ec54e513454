"""«Мои документы»: a person's own papers, and what they find wrong on them."""
