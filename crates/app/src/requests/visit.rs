//! A visit of somebody who follows a request: code and contact, sealed for the browser to carry. It
//! opens nothing by itself; every page asks [`super::track`] again.

use crate::{App, AppError};
use gongkai_store::sealed::REQUEST_PERSONAL;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long a visit lasts: our own choice, for the shared machines of libraries and halls.
const LIFETIME: SignedDuration = SignedDuration::from_mins(30);
/// What it is sealed for; no request has such an id.
const PLACE: &str = "(visit)";

/// What a visitor knows of a request.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Visit {
    /// The code.
    pub code: String,
    /// A contact that was given with it.
    pub contact: String,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    visit: Visit,
    until: Timestamp,
}

/// The visit as the browser carries it.
pub fn remember(app: &App, visit: Visit) -> String {
    let kept = Kept { visit, until: app.clock.now() + LIFETIME };
    let text = serde_json::to_string(&kept).expect("a visit has text keys");
    app.vault.seal(&REQUEST_PERSONAL, PLACE, &text)
}

/// The visit that the browser carries; none when its time is over or it was not made here.
pub fn recall(app: &App, carried: &str) -> Option<Visit> {
    let text = app.vault.unseal(&REQUEST_PERSONAL, PLACE, carried).ok()?;
    let kept: Kept = serde_json::from_str(&text).ok()?;
    (app.clock.now() < kept.until).then_some(kept.visit)
}

/// What the forms of a visit carry, so that no other site can send them.
pub fn form_token(app: &App, visit: &Visit) -> String {
    let Visit { code, contact } = visit;
    app.vault.blind(&REQUEST_PERSONAL, &format!("form of a visit\n{code}\n{contact}"))
}

/// The visit to the request that was already made with this ticket; none where there is none.
///
/// # Errors
/// When the store fails.
pub async fn of_ticket(app: &App, ticket: &str, contact: &str) -> Result<Option<Visit>, AppError> {
    let code = crate::secret::readable_of(ticket);
    match super::track::track(app, &code, contact).await {
        Ok(_) => Ok(Some(Visit { code, contact: contact.to_owned() })),
        Err(AppError::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestApp;

    #[tokio::test]
    async fn a_visit_ends_and_cannot_be_made_up() {
        let app = TestApp::empty().await.app;
        let visit = Visit { code: "aaaa".to_owned(), contact: "13900000000".to_owned() };
        let carried = remember(&app, visit.clone());
        assert!(!carried.contains("13900000000"));
        assert_eq!(recall(&app, &carried), Some(visit));
        for forged in ["", "sealed:x:y", &carried[..carried.len() - 4]] {
            assert_eq!(recall(&app, forged), None, "{forged}");
        }
        app.clock.forward(SignedDuration::from_mins(30));
        assert_eq!(recall(&app, &carried), None);
    }
}
