CREATE INDEX loop_deliveries_of ON loop_deliveries (webhook, state);
