-- What was withdrawn has a shorter time than what was decided: the index tells them apart.
drop index requests_erasable;
create index requests_erasable on requests (closed_on, id, outcome)
    where erased_on is null and open_due = '-';
