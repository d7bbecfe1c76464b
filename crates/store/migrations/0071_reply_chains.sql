-- The approval of replies to requests, per organ and kind of reply (`*` for every kind), where it is not
-- the usual one; beside the chains of items, for theirs must hold a secrecy review and these need not.
create table reply_chains (
    organ text not null references organs (id),
    kind text not null,
    body text not null,
    primary key (organ, kind)
);
