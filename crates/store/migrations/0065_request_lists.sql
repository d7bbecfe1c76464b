-- Every index of the register holds what else it is narrowed by, so that two filters at once read
-- index entries and not whole requests: an organ's request is a page of its own.
drop index requests_listed;
create index requests_listed on requests
    (organ, listed_on, id, state, kind, channel, outcome, matter, title);
drop index requests_state;
create index requests_state on requests
    (organ, state, listed_on, id, kind, channel, outcome, matter, title);
drop index requests_kind;
create index requests_kind on requests
    (organ, kind, listed_on, id, state, channel, outcome, matter, title);
drop index requests_channel;
create index requests_channel on requests
    (organ, channel, listed_on, id, state, kind, outcome, matter, title);
drop index requests_outcome;
create index requests_outcome on requests
    (organ, outcome, listed_on, id, state, kind, channel, matter, title);
drop index requests_due;
create index requests_due on requests
    (organ, open_due, id, state, kind, channel, matter, listed_on, title);
drop index requests_closed;
create index requests_closed on requests
    (organ, closed_on, id, state, kind, channel, outcome, matter, listed_on, title);
