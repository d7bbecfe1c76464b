-- Public lists are read from one of these alone, without the wide rows of the table: the newest of all,
-- of an organ, of a subject. The condition is the one that every public list writes.
drop index items_public;
drop index items_organ_public;
drop index items_kind_public;
create index items_read on items (published_at, id, kind, organ, subject)
    where standing in ('public', 'archived');
create index items_read_organ on items (organ, published_at, id, kind, subject)
    where standing in ('public', 'archived');
create index items_read_subject on items (subject, published_at, id, kind, organ)
    where standing in ('public', 'archived');
