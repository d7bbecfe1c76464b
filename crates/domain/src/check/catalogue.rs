//! Lists every check there is, for documents generated from it.

use crate::finding::{CheckDefinition, definitions};
use crate::form::forms;

/// Every check once, by key: the relations and carries of the forms, then the declared checks.
pub fn catalogue() -> Vec<&'static CheckDefinition> {
    let tables = || forms().iter().flat_map(|form| &form.tables);
    let relations = tables().flat_map(|table| &table.relations).map(|relation| &relation.check);
    let carries = tables().flat_map(|table| &table.carries).map(|carry| &carry.check);
    let mut checks: Vec<&'static CheckDefinition> = Vec::new();
    for check in relations.chain(carries).chain(definitions()) {
        if !checks.iter().any(|known| known.id == check.id) {
            checks.push(check);
        }
    }
    checks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_stands_there_once_with_its_basis() {
        let checks = catalogue();
        let mut ids: Vec<&str> = checks.iter().map(|check| check.id.as_str()).collect();
        assert!(ids.contains(&"T3-1") && ids.contains(&"T3-4") && ids.contains(&"X-3S"));
        let n_all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), n_all);
        assert!(checks.iter().all(|check| !check.basis.is_empty() && !check.title.is_empty()));
    }
}
