//! The official papers: the annual report, read from any document and written; notices.

pub mod annual_report;
pub mod archive_package;
pub mod item_text;
pub mod notice;
pub mod official;
pub mod redaction;
pub mod register_file;
pub mod searchable;
pub mod statistics;
