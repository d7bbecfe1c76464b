-- The days that bound the life of a public document, so that lists can be narrowed by validity on a
-- day without reading bodies. Derived from items.body at every save.
create table item_validity (
    item text not null primary key references items (id),
    effective_on text,
    amended_on text,
    ended_on text,
    ended_as text
);
create index item_validity_ended on item_validity (ended_on);
