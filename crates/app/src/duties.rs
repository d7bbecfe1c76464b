//! What the program does on nobody's click: publish at a set time, end sessions.

use crate::items::publish::publish_due;
use crate::{App, AppError, search, views};
use gongkai_store::sessions;
use std::time::Duration;

/// How long the duties rest between two rounds.
const PAUSE: Duration = Duration::from_secs(5);

/// One round of all duties.
///
/// # Errors
/// When the store fails; the next round tries again.
pub async fn round(app: &App) -> Result<(), AppError> {
    publish_due(app).await?;
    views::flush(app).await?;
    let mut transaction = app.store.begin().await?;
    sessions::remove_expired(&mut transaction, app.clock.now()).await?;
    transaction.commit().await?;
    search::catch_up(app).await
}

/// Rounds without end; a round that fails is logged and tried again.
pub async fn run(app: App) {
    loop {
        if let Err(error) = round(&app).await {
            tracing::error!("例行事务出错：{error}");
        }
        tokio::time::sleep(PAUSE).await;
    }
}
