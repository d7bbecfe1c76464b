-- Papers of statistics beside the annual report: what people typed of them, each with who, when and why,
-- the latest counting; and the item as which one is published.
create table statistic_values (
    id text not null primary key,
    organ text not null references organs (id),
    paper text not null,
    period text not null,
    cell text not null,
    number bigint not null,
    value text not null,
    why text not null,
    made_by text not null,
    made_at bigint not null
);
create unique index statistic_values_paper on statistic_values (organ, paper, period, cell, number);

create table statistic_items (
    organ text not null references organs (id),
    paper text not null,
    period text not null,
    item text not null,
    primary key (organ, paper, period)
);
