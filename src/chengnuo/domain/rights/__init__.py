"""Rights of individuals over their information in the operator's stores (PIPL chapter IV)."""
