-- Requests for disclosure (依申请公开). The body is JSON of the domain's type and holds no personal
-- data: who asks stands sealed in `personal`. `requester` and `name_mark` are keyed hashes, to find
-- the requests of one requester without opening anything. Columns beside the body are what the
-- register is filtered, sorted and counted by.
--
-- `listed_on` is the day of receipt, or while that is not confirmed the day it came: the register is
-- in its order, the latest first, and every filter has an index in that order.
--
-- `open_due` is the due day while the request is open, '9999-12-31' while it has none, and
-- '-' once it is closed: one index answers "what is due first", "what is late" and nothing else.
create table requests (
    id text not null primary key,
    organ text not null references organs (id),
    number text not null,
    code text not null unique,
    state text not null,
    matter text not null,
    channel text not null,
    kind text not null,
    shown text not null,
    title text not null,
    arrived_on text not null,
    received_on text,
    listed_on text not null,
    due_on text,
    open_due text not null,
    closed_on text,
    outcome text,
    was_late bigint not null,
    requester text not null,
    name_mark text not null,
    personal text not null,
    changed_at bigint not null,
    body text not null,
    version bigint not null
);
create unique index requests_number on requests (organ, number);
create index requests_listed on requests (organ, listed_on, id, title);
create index requests_state on requests (organ, state, listed_on, id);
create index requests_kind on requests (organ, kind, listed_on, id);
create index requests_channel on requests (organ, channel, listed_on, id);
create index requests_outcome on requests (organ, outcome, listed_on, id);
create index requests_due on requests (organ, open_due, id);
create index requests_closed on requests (organ, closed_on, id);
create index requests_requester on requests (requester, organ, received_on);
create index requests_name on requests (organ, name_mark, listed_on, id);
create index requests_open on requests (open_due, id);

-- How many requests of an organ are in a state: kept with every change, so that a register of a
-- million is not counted to be shown.
create table request_counts (
    organ text not null,
    state text not null,
    n bigint not null,
    primary key (organ, state)
);

-- Running numbers of registers and papers: one series an organ, kind and year.
create table request_serials (
    organ text not null,
    series text not null,
    year bigint not null,
    last bigint not null,
    primary key (organ, series, year)
);

-- What was suggested to somebody about to ask, and whether it answered the question.
create table request_suggestions (
    id text not null primary key,
    organ text not null,
    item text not null,
    asked text not null,
    answered bigint not null,
    at bigint not null
);
create index request_suggestions_organ on request_suggestions (organ, at);

-- How content the requester was, once a request.
create table request_ratings (
    request text not null primary key references requests (id),
    stars bigint not null,
    comment text not null,
    at bigint not null
);
