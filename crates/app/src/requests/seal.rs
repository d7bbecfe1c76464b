//! Personal data on its way to the store and back: sealed, with keyed hashes to find it by.

use crate::{App, AppError};
use gongkai_domain::id::RequestId;
use gongkai_domain::request::{DisclosureRequest, ERASED, Personal, RequestFile, RequesterKind};
use gongkai_store::requests::{Loaded, Sealed};
use gongkai_store::sealed::REQUEST_PERSONAL;

/// A text in one form: without spaces and hyphens, in capital letters.
pub(super) fn plain(text: &str) -> String {
    let kept = text.chars().filter(|sign| !sign.is_whitespace() && *sign != '-');
    kept.flat_map(char::to_uppercase).collect()
}

/// Seals the personal data of a request.
pub(crate) fn seal(app: &App, id: &RequestId, personal: &Personal) -> Sealed {
    let text = serde_json::to_string(personal).expect("personal data has text keys");
    Sealed {
        personal: app.vault.seal(&REQUEST_PERSONAL, id.as_str(), &text),
        requester: requester_mark(app, id, personal),
        name_mark: name_mark(app, &personal.name),
    }
}

/// Opens it.
///
/// # Errors
/// When its key is gone or it was changed.
pub(super) fn unseal(app: &App, id: &RequestId, sealed: &str) -> Result<Personal, AppError> {
    let broken = |reason: String| AppError::Broken(format!("申请人信息无法打开：{reason}"));
    let opened = app.vault.unseal(&REQUEST_PERSONAL, id.as_str(), sealed);
    let text = opened.map_err(|error| broken(error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| broken(error.to_string()))
}

/// What stays of the personal data of a request when its time is over. The keyed hashes by which it is
/// found go with it; of an organisation, whose name is public, they stay.
pub(super) fn rest(app: &App, request: &DisclosureRequest, sealed: &str) -> Sealed {
    let id = &request.id;
    let kind = request.requester.kind;
    if kind == RequesterKind::Natural {
        let erased = seal(app, id, &Personal::default().erased(kind));
        let gone = format!("erased {id}");
        return Sealed { requester: gone.clone(), name_mark: gone, ..erased };
    }
    // What does not open any more is erased all the same; the name of an organisation is known beside it.
    let shown = || Personal { name: request.requester.shown.clone(), ..Personal::default() };
    let known = unseal(app, id, sealed).unwrap_or_else(|_| shown());
    let rest = seal(app, id, &known.erased(kind));
    Sealed { requester: requester_mark(app, id, &known), ..rest }
}

/// Files without personal data in their names: people call a copy of their card by their own name, and
/// names of files stand open.
pub(super) fn unnamed(
    mut files: Vec<RequestFile>,
    kind: RequesterKind,
    personal: &Personal,
) -> Vec<RequestFile> {
    let public = match kind {
        RequesterKind::Natural => Vec::new(),
        _ => vec![personal.name.trim(), personal.document_number.trim()],
    };
    let known = personal.texts().into_iter().filter(|text| !public.contains(text));
    let known: Vec<&str> = known.filter(|text| 1 < text.chars().count()).collect();
    for file in &mut files {
        for text in &known {
            file.name = file.name.replace(text, "某");
        }
    }
    files
}

/// The same for files that come later.
///
/// # Errors
/// When the personal data does not open.
pub(super) fn without_names(
    app: &App,
    loaded: &Loaded,
    files: Vec<RequestFile>,
) -> Result<Vec<RequestFile>, AppError> {
    if files.is_empty() {
        return Ok(files);
    }
    let personal = unseal(app, &loaded.request.id, &loaded.personal)?;
    Ok(unnamed(files, loaded.request.requester.kind, &personal))
}

/// Who asks, as a keyed hash: by the number of the document, or else by name and contact. Whoever
/// gave nothing is nobody else.
fn requester_mark(app: &App, id: &RequestId, personal: &Personal) -> String {
    let number = plain(&personal.document_number);
    let name = plain(&personal.name);
    let contact = [&personal.telephone, &personal.email, &personal.address];
    let contact = contact.into_iter().map(|each| plain(each)).find(|each| !each.is_empty());
    let text = match contact {
        _ if !number.is_empty() => format!("number\n{number}"),
        Some(contact) if !name.is_empty() => format!("name\n{name}\n{contact}"),
        _ => format!("nobody\n{id}"),
    };
    app.vault.blind(&REQUEST_PERSONAL, &text)
}

/// A name as a keyed hash.
pub(super) fn name_mark(app: &App, name: &str) -> String {
    app.vault.blind(&REQUEST_PERSONAL, &format!("only the name\n{}", plain(name)))
}

/// Whether this is a way to reach whoever asks: a telephone, an address for mail, that of the agent.
pub(super) fn is_contact(personal: &Personal, typed: &str) -> bool {
    let typed = plain(typed);
    let agent = personal.agent.as_ref().map(|agent| plain(&agent.telephone));
    let own = [plain(&personal.telephone), plain(&personal.email)];
    let mut known = own.into_iter().chain(agent).filter(|each| !each.is_empty());
    !typed.is_empty() && typed != ERASED && known.any(|each| each == typed)
}
