-- The day on which the personal data of a request was erased, and an index of those that still have
-- it: what is due is asked for every day.
alter table requests add column erased_on text;
create index requests_erasable on requests (closed_on, id, outcome)
    where erased_on is null and open_due = '-';
create index request_files_packages on request_files (request) where is_package = 1;
create index request_suggestions_at on request_suggestions (at);
