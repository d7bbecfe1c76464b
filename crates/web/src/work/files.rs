//! Attachments in the workplace: brought, cleaned, ordered, removed, downloaded.

use crate::answer::{Answer, go};
use crate::current::{Checked, Signed};
use crate::parts::CheckedParts;
use crate::public::item::id;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use gongkai_app::App;
use gongkai_app::items::attach::{self, File, Move};
use gongkai_domain::item::{Attachment, FileFinding, Item};
use serde::Deserialize;

/// An attachment as it is shown.
#[derive(Clone, Debug)]
pub struct FileRow {
    /// Where it is downloaded in the workplace.
    pub address: String,
    /// Its name.
    pub name: String,
    /// Its size, as people write it.
    pub size: String,
    /// Its digest.
    pub digest: String,
    /// What was found in it.
    pub findings: Vec<FileFinding>,
}

impl FileRow {
    /// The attachments of the latest edition of an item.
    pub fn of(item: &Item) -> Vec<Self> {
        let files = item.latest().map(|edition| edition.content.attachments.clone());
        let row = |file: Attachment| Self {
            address: format!(
                "/work/items/{}/files/{}/{}",
                item.id,
                file.digest,
                encoded(&file.name)
            ),
            size: size(file.n_bytes),
            digest: file.digest,
            findings: file.findings,
            name: file.name,
        };
        files.unwrap_or_default().into_iter().map(row).collect()
    }
}

/// `1.5 MB`, the way file managers write it.
pub fn size(n_bytes: u64) -> String {
    const KIB: u64 = 1024;
    if n_bytes < KIB {
        return format!("{n_bytes} B");
    }
    if n_bytes < KIB * KIB {
        return format!("{} KB", n_bytes.div_ceil(KIB));
    }
    let tenths = n_bytes * 10 / (KIB * KIB);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

/// A name as it stands in an address (RFC 3986) and in a header (RFC 5987).
pub fn encoded(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let one =
        |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    name.bytes().map(one).collect()
}

/// A file as it is sent: by its own type, never run, under its own name.
pub fn sent(file: File) -> Response {
    let name = format!(
        "attachment; filename=\"file\"; filename*=UTF-8''{}",
        encoded(&file.attachment.name)
    );
    let media_type = HeaderValue::from_str(&file.attachment.media_type)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_DISPOSITION, name),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, file.bytes).into_response()
}

/// Downloads an attachment in the workplace.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path((text, digest, _)): Path<(String, String, String)>,
) -> Answer {
    Ok(sent(attach::own(&app, &current.caller, &id(&text)?, &digest).await?))
}

/// Downloads an attachment of the public edition.
pub async fn public(
    State(app): State<App>,
    Path((text, digest, _)): Path<(String, String, String)>,
) -> Answer {
    Ok(sent(attach::public(&app, &id(&text)?, &digest).await?))
}

/// Adds the files that were chosen.
pub async fn add(State(app): State<App>, Path(text): Path<String>, parts: CheckedParts) -> Answer {
    let id = id(&text)?;
    for (name, bytes) in parts.files {
        attach::add(&app, &parts.current.caller, &id, name, bytes).await?;
    }
    back(&text)
}

fn back(text: &str) -> Answer {
    go(&format!("/work/items/{text}/edit#files"))
}

/// What is done with an attachment.
#[derive(Deserialize)]
pub struct Shift {
    #[serde(default)]
    digest: String,
    #[serde(default)]
    to: String,
}

/// Moves, cleans or removes an attachment.
pub async fn change(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Shift>,
) -> Answer {
    let id = id(&text)?;
    let to = match form.to.as_str() {
        "up" => Move::Up,
        "down" => Move::Down,
        "out" => Move::Out,
        _ => {
            attach::clean(&app, &current.caller, &id, &form.digest).await?;
            return back(&text);
        }
    };
    attach::shift(&app, &current.caller, &id, &form.digest, to).await?;
    back(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_header_and_a_size_is_readable() {
        assert_eq!(encoded("表\"\r\n.pdf"), "%E8%A1%A8%22%0D%0A.pdf");
        let sizes = [0, 1023, 1024, 1_572_864].map(size);
        assert_eq!(sizes, ["0 B", "1023 B", "1 KB", "1.5 MB"]);
    }
}
