-- What waits for its set time of publication is asked for every few seconds: a small index of its own
-- answers it, whatever else there is.
create index items_scheduled on items (state, publish_at) where state = 'scheduled';
