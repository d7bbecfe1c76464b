//! Tells the organ, the year and the date of a report from title, text, signature and file name.

use super::outline::Outline;
use gongkai_domain::figure::Place;
use gongkai_domain::finding::Finding;

/// Who reports on which year, as far as it can be known.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    /// The organ, its full name.
    pub agency: Option<String>,
    /// The year reported on.
    pub year: Option<i16>,
    /// Date of signature or publication.
    pub signed_on: Option<(jiff::civil::Date, Place)>,
    /// What is missing or damaged.
    pub findings: Vec<Finding>,
}

/// Tells the identity. `document_title` is the HTML title or the metadata's; `source` the file name.
pub fn read(outline: &Outline, document_title: Option<&str>, source: &str) -> Identity {
    let _ = (outline, document_title, source);
    Identity::default()
}
