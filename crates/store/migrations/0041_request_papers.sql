-- Papers issued for a request: their bytes lie under their digests, each issue is a row of its own and
-- is never changed; `replaces` names the paper that a new issue stands in for. `typed` is what people
-- wrote into the blanks, as JSON; it holds no personal data of who asks.
create table request_papers (
    id text not null primary key,
    request text not null references requests (id),
    notice text not null,
    concerning bigint,
    name text not null,
    number text not null,
    issued_on text not null,
    typed text not null,
    docx text not null,
    pdf text,
    remark text not null,
    replaces text,
    issued_by text not null,
    at bigint not null
);
create index request_papers_request on request_papers (request, id);

-- Files made ready to go out with a reply (区分处理): what was brought, what went out of it and the proof
-- that it is gone; or why it may go out whole. Only a product goes out.
create table request_releases (
    id text not null primary key,
    request text not null references requests (id),
    source text not null,
    product text,
    words text not null,
    reason text not null,
    report text not null,
    by_name text not null,
    at bigint not null
);
create index request_releases_request on request_releases (request, id);
