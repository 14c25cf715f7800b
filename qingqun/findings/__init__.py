"""Evidence with clauses, burden, plan, digest, report."""
