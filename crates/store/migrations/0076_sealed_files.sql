-- Files of requests are sealed, each with a key of its own. `name` is how rows name the file; `stored`
-- is the hash of the sealed bytes, under which they lie. `opener` is the key with the hash of the open
-- content, sealed with the keys of the installation: a new key reaches it, the files stay as they are.
-- `request` is empty until a request names the file: a form that was never sent leaves it so. Of an
-- erased file `stored` and `opener` are empty.
create table request_files (
    name text not null primary key,
    stored text not null,
    opener text not null,
    request text references requests (id),
    is_package bigint not null,
    kept_at bigint not null,
    erased_on text
);
create index request_files_request on request_files (request, name);
create index request_files_loose on request_files (kept_at, name) where request is null;
