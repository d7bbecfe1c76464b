//! 草稿: what was typed into the public form, sealed and kept for some days for one browser. It is no
//! request: nobody of the organ sees it.

use crate::{App, AppError, secret};
use gongkai_store::requests::drafts;
use gongkai_store::sealed::REQUEST_DRAFT;
use jiff::SignedDuration;

/// The longest draft, in bytes: the longest description with all other fields.
const LONGEST: usize = 64 << 10;

/// Keeps a draft under the token that the browser holds, or under a new one; answers the token.
///
/// # Errors
/// When it is too long, too many drafts are kept already, or the store fails.
pub async fn keep(app: &App, held: Option<&str>, text: &str) -> Result<String, AppError> {
    if LONGEST < text.len() {
        return Err(AppError::invalid(
            "description",
            "内容太长，草稿没有保存；请把长的内容作为附件提交",
        ));
    }
    let now = app.clock.now();
    let mut transaction = app.store.begin().await?;
    let n_kept = drafts::expire(&mut transaction, now).await?;
    let held = match held {
        Some(token) if drafts::find(&mut transaction, &name(token), now).await?.is_some() => {
            Some(token.to_owned())
        }
        _ => None,
    };
    if held.is_none() && i64::from(app.config.intake.most_drafts) <= n_kept {
        let message = "保存的草稿过多，暂时不能再保存；请直接提交，或把内容另存在自己的设备上";
        return Err(AppError::Conflict(message.to_owned()));
    }
    let token = held.unwrap_or_else(secret::token);
    let name = name(&token);
    let sealed = app.vault.seal(&REQUEST_DRAFT, &name, text);
    let until = now + SignedDuration::from_hours(24 * i64::from(app.config.intake.draft_days));
    drafts::keep(&mut transaction, &name, &sealed, until).await?;
    transaction.commit().await?;
    Ok(token)
}

/// The draft of a token; none when its time is over.
///
/// # Errors
/// When the store fails.
pub async fn find(app: &App, token: &str) -> Result<Option<String>, AppError> {
    let name = name(token);
    let mut reader = app.store.reader().await?;
    let sealed = drafts::find(&mut reader, &name, app.clock.now()).await?;
    let opened = sealed.and_then(|sealed| app.vault.unseal(&REQUEST_DRAFT, &name, &sealed).ok());
    Ok(opened.map(|text| text.to_string()))
}

/// Takes a draft away.
///
/// # Errors
/// When the store fails.
pub async fn discard(app: &App, token: &str) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    drafts::discard(&mut transaction, &name(token)).await?;
    Ok(transaction.commit().await?)
}

fn name(token: &str) -> String {
    secret::kept_name(token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestApp;

    #[tokio::test]
    async fn a_draft_is_sealed_found_by_its_token_and_gone_after_its_days() {
        let test = TestApp::empty().await;
        let app = test.app.clone();
        let token = keep(&app, None, "王某某的草稿").await.unwrap();
        assert_eq!(find(&app, &token).await.unwrap().as_deref(), Some("王某某的草稿"));
        assert_eq!(find(&app, "another").await.unwrap(), None);
        let again = keep(&app, Some(&token), "改过的草稿").await.unwrap();
        assert_eq!(again, token, "one browser has one draft");
        assert_eq!(find(&app, &token).await.unwrap().as_deref(), Some("改过的草稿"));
        let stolen = keep(&app, Some("chosen by a stranger"), "x").await.unwrap();
        assert_ne!(stolen, "chosen by a stranger", "nobody chooses a token");
        app.clock.forward(SignedDuration::from_hours(24 * 14));
        assert_eq!(find(&app, &token).await.unwrap(), None);
        keep(&app, None, "y").await.unwrap();
        let left = drafts::expire(&mut app.store.begin().await.unwrap(), app.clock.now()).await;
        assert_eq!(left.unwrap(), 1, "what is over is taken away");
    }

    #[tokio::test]
    async fn a_draft_can_be_taken_away_and_a_huge_one_is_not_kept() {
        let test = TestApp::empty().await;
        let app = test.app.clone();
        let token = keep(&app, None, "x").await.unwrap();
        discard(&app, &token).await.unwrap();
        assert_eq!(find(&app, &token).await.unwrap(), None);
        let huge = keep(&app, None, &"长".repeat(40_000)).await;
        assert!(matches!(huge, Err(AppError::Invalid(_))), "{huge:?}");
    }
}
