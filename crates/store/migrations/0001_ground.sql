-- Organs, people, items, their editions, events, jobs. Every column is text or bigint, so that the
-- same statements run on SQLite and PostgreSQL: instants are milliseconds since 1970 in UTC, days
-- are YYYY-MM-DD, truth is 0 or 1, bodies are JSON of the domain's types.

create table settings (
    key text not null primary key,
    value text not null
);

create table organs (
    id text not null primary key,
    parent text,
    sort bigint not null,
    name text not null,
    body text not null,
    version bigint not null
);

create table people (
    id text not null primary key,
    login text not null unique,
    name text not null,
    password text not null,
    must_change_password bigint not null,
    totp_secret text,
    n_failures bigint not null,
    locked_until bigint not null,
    disabled bigint not null,
    created_at bigint not null
);

create table posts (
    id text not null primary key,
    person text not null references people (id),
    organ text not null references organs (id),
    role text not null,
    from_day text not null,
    until_day text,
    instead_of text
);
create index posts_person on posts (person);
create index posts_organ on posts (organ);

create table sessions (
    token_digest text not null primary key,
    person text not null references people (id),
    form_token text not null,
    second_factor bigint not null,
    created_at bigint not null,
    seen_at bigint not null,
    expires_at bigint not null
);
create index sessions_person on sessions (person);

create table chains (
    organ text not null,
    kind text not null,
    body text not null,
    primary key (organ, kind)
);

create table items (
    id text not null primary key,
    organ text not null references organs (id),
    kind text not null,
    state text not null,
    standing text not null,
    index_number text unique,
    title text not null,
    public_title text,
    document_number text,
    subject text,
    interprets text,
    formed_on text not null,
    due_on text,
    published_at bigint,
    publish_at bigint,
    changed_at bigint not null,
    n_views bigint not null,
    body text not null,
    version bigint not null
);
create index items_public on items (standing, published_at);
create index items_organ_public on items (organ, standing, published_at);
create index items_kind_public on items (kind, standing, published_at);
create index items_work on items (organ, state, changed_at);
create index items_interprets on items (interprets);

create table editions (
    item text not null references items (id),
    number bigint not null,
    published_at bigint not null,
    body text not null,
    primary key (item, number)
);

create table index_serials (
    code text not null,
    year bigint not null,
    last bigint not null,
    primary key (code, year)
);

create table chain_head (
    id bigint not null primary key,
    sequence bigint not null,
    hash text not null
);
insert into chain_head (id, sequence, hash) values (1, 0, '');

create table events (
    sequence bigint not null primary key,
    at bigint not null,
    actor text not null,
    actor_name text not null,
    origin text not null,
    organ text not null,
    act text not null,
    thing text not null,
    before_state text not null,
    after_state text not null,
    reason text not null,
    algorithm text not null,
    previous text not null,
    hash text not null
);
create index events_thing on events (thing, sequence);
create index events_organ on events (organ, sequence);

create table jobs (
    id text not null primary key,
    kind text not null,
    subject text not null,
    body text not null,
    state text not null,
    run_at bigint not null,
    n_attempts bigint not null,
    leased_until bigint not null,
    last_error text not null,
    created_at bigint not null,
    done_at bigint,
    unique (kind, subject)
);
create index jobs_due on jobs (state, run_at);
