-- One-time tickets of forms that make something: the digest of the ticket, what was made with it, and
-- a keyed hash of what the form said. A second sending of the same form finds the row and leads there.
-- Kept for some days only.
create table form_tickets (
    name text not null primary key,
    thing text not null,
    content text not null,
    made_at bigint not null
);
create index form_tickets_made on form_tickets (made_at);
