-- What became of an edition on each channel, the accounts of organs on platforms with their sealed
-- secrets, and the last run of every duty. Jobs stand in 0001.

create table channel_releases (
    id text not null primary key,
    item text not null,
    edition bigint not null,
    organ text not null,
    kind text not null,
    channel text not null,
    state text not null,
    out_month text,
    changed_at bigint not null,
    body text not null,
    version bigint not null,
    unique (item, edition, channel)
);
create index channel_releases_organ on channel_releases (organ, state, changed_at);
create index channel_releases_month on channel_releases (organ, out_month);

create table channel_accounts (
    id text not null primary key,
    organ text not null references organs (id),
    channel text not null,
    state text not null,
    body text not null,
    sealed text not null,
    version bigint not null
);
-- One open account an organ and platform.
create unique index channel_accounts_open on channel_accounts (organ, channel)
    where state = 'open';

create table duty_runs (
    duty text not null primary key,
    run_at bigint not null,
    succeeded_at bigint,
    n_failures bigint not null,
    last_error text not null
);
