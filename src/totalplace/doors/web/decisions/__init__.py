"""Pages of decisions: the forward plan for anybody, one decision, and a form for each verb."""
