-- Programs that send records to the registers: the leave of each, kept under the SHA-256 of its secret,
-- and what each sent under which Idempotency-Key, so that sending again brings nothing twice.
create table register_tokens (
    id text not null primary key,
    organ text not null references organs (id),
    name text not null,
    registers text not null,
    digest text not null unique,
    made_by text not null,
    made_at bigint not null,
    expires_on text not null,
    revoked_by text,
    revoked_at bigint,
    used_at bigint
);
create index register_tokens_organ on register_tokens (organ, id);

create table register_sendings (
    token text not null references register_tokens (id),
    idempotency_key text not null,
    body_digest text not null,
    batch text not null references register_batches (id),
    sent_at bigint not null,
    primary key (token, idempotency_key)
);
