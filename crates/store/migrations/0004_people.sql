-- The second factor beside the secret in use: one being set up, the last step whose code was taken
-- (a code works once), and recovery codes by their digest. Indexes for the filters of the audit log.

create table second_factors (
    person text not null primary key references people (id),
    pending_secret text,
    last_step bigint not null
);

create table recovery_codes (
    person text not null references people (id),
    code_digest text not null,
    primary key (person, code_digest)
);

create index events_actor on events (actor, sequence);
create index events_at on events (at);
