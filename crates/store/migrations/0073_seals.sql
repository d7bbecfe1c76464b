-- The seal of an organ: the digest of its picture, and how it is printed as JSON. Papers that were issued
-- hold their own copy.
create table seals (
    organ text not null primary key references organs (id),
    picture text not null,
    body text not null
);
