-- Signing in through another office's identity service (OIDC): which of its subjects is which person,
-- and the sign-ins that are under way, each used once.

create table oidc_links (
    issuer text not null,
    subject text not null,
    person text not null references people (id),
    linked_at bigint not null,
    primary key (issuer, subject)
);
create unique index oidc_links_person on oidc_links (issuer, person);

create table oidc_requests (
    state_digest text not null primary key,
    browser_digest text not null,
    nonce text not null,
    verifier text not null,
    expires_at bigint not null
);
create index oidc_requests_expires on oidc_requests (expires_at);
