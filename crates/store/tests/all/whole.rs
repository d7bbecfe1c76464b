//! Which files the rows name: no table and no column is forgotten.

use gongkai_store::{tables, whole};
use gongkai_testkit::database::on_each;
use std::collections::BTreeSet;

/// Tables no column of which names a file.
const NO_FILES: &str = "chain_head chains channel_accounts channel_releases duty_runs events filings \
    form_tickets index_serials item_validity jobs oidc_links oidc_requests organs people \
    posts recovery_codes register_rows register_sendings register_tokens remedies \
    reminder_people reminders_sent reply_chains request_counts request_drafts \
    request_ratings request_serials request_suggestions second_factors sessions settings \
    statistic_items statistic_values";

/// What else stands in the tables that do name files. The `digest` of a batch is that of its rows.
const OTHERS: &[(&str, &str)] = &[
    ("earlier_reports", "organ year body version"),
    ("editions", "item number published_at"),
    (
        "items",
        "id organ kind state standing index_number title public_title document_number subject \
            interprets formed_on due_on published_at publish_at changed_at n_views version",
    ),
    (
        "register_batches",
        "id organ source n_rows digest made_by made_at undone_by undone_at undone_reason",
    ),
    (
        "request_papers",
        "id request notice concerning name number issued_on typed remark replaces issued_by at",
    ),
    ("request_files", "opener request is_package kept_at erased_on"),
    ("request_releases", "id request words reason report by_name at"),
    ("seals", "organ body"),
    (
        "requests",
        "id organ number code state matter channel kind shown title arrived_on received_on \
            listed_on due_on open_due closed_on outcome was_late requester name_mark personal \
            changed_at version erased_on",
    ),
];

#[tokio::test]
async fn every_column_names_files_that_are_looked_for_or_is_known_to_name_none() {
    on_each(async |database| {
        let store = database.open().await;
        let mut reader = store.reader().await.expect("a reader");
        let columns = tables::columns(&mut reader).await.expect("columns");
        let without: BTreeSet<&str> = NO_FILES.split_whitespace().collect();
        let mut known: BTreeSet<(&str, &str)> = whole::FILES.iter().copied().collect();
        let words = |(table, columns): &(&'static str, &'static str)| -> Vec<_> {
            columns.split_whitespace().map(|column| (*table, column)).collect()
        };
        known.extend(OTHERS.iter().flat_map(words));
        let mut forgotten = Vec::new();
        for (table, columns) in &columns {
            let with_files = !without.contains(table.as_str());
            let names = columns.iter().map(|column| (table.as_str(), column.as_str()));
            forgotten.extend(names.filter(|name| with_files && !known.remove(name)));
        }
        assert_eq!(forgotten, [], "does it name files? then verify and backup must know it");
        assert!(known.is_empty(), "no longer there: {known:?}");
        drop(reader);
        store.close().await;
    })
    .await;
}
