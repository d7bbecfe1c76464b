-- Annual reports in work (年度报告): one row an organ and year, the body JSON of the domain's type.
-- `figures` holds the figures alone, so that a sum over thousands of organs reads no texts.
create table filings (
    organ text not null references organs (id),
    year bigint not null,
    state text not null,
    agency text not null,
    handed_in_on text,
    n_restatements bigint not null,
    figures text not null,
    changed_at bigint not null,
    body text not null,
    version bigint not null,
    primary key (organ, year)
);
create index filings_year on filings (year, organ);

-- Registers that table two is compiled from. A batch is what came at once: one entry by hand, or one
-- file. `digest` is the SHA-256 of its rows, what who brought it signed. An undone batch stays, with
-- who undid it and why; its rows count no more.
create table register_batches (
    id text not null primary key,
    organ text not null references organs (id),
    source text not null,
    file text,
    n_rows bigint not null,
    digest text not null,
    made_by text not null,
    made_at bigint not null,
    undone_by text,
    undone_at bigint,
    undone_reason text
);
create index register_batches_organ on register_batches (organ, id);

-- `amount` is an exact decimal in 元, as text. `since` is the day of an act, or the day from which a
-- matter stands; `until` the day it was removed.
create table register_rows (
    id text not null primary key,
    organ text not null,
    batch text not null references register_batches (id),
    kind text not null,
    line text not null,
    number text not null,
    title text not null,
    since text not null,
    until text,
    amount text not null,
    is_undone bigint not null
);
create index register_rows_organ on register_rows (organ, is_undone, since, id);
create index register_rows_batch on register_rows (batch);

-- Reconsiderations and suits (复议、诉讼).
create table remedies (
    id text not null primary key,
    organ text not null references organs (id),
    request text,
    filed_on text not null,
    concluded_on text,
    body text not null,
    version bigint not null
);
create index remedies_organ on remedies (organ, filed_on, id);
create index remedies_request on remedies (request);

-- Reports of years before the installation, as read from a file and corrected by people. `file` is
-- the hash of the original.
create table earlier_reports (
    organ text not null references organs (id),
    year bigint not null,
    file text not null,
    body text not null,
    version bigint not null,
    primary key (organ, year)
);
