-- Where people are reminded outside the pages, and what went out. `reminder_people` holds who said
-- something about it: an address for mail, and whether the mail or the push is turned off.
create table reminder_people (
    person text not null primary key references people (id),
    address text not null,
    mail_off bigint not null,
    push_off bigint not null
);

-- A reminder that is on its way or went out: the row is there before the first byte leaves, so that
-- after a crash nobody gets it twice. Kept for some days only.
create table reminders_sent (
    name text not null primary key,
    at bigint not null
);
create index reminders_sent_at on reminders_sent (at);
