-- Drafts of the public request form: sealed, kept for some days under the digest of a token that only
-- the writer's browser holds.
create table request_drafts (
    name text not null primary key,
    sealed text not null,
    kept_until bigint not null
);
create index request_drafts_until on request_drafts (kept_until);
