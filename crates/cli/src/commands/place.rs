//! Opening the installation that the options name.

use crate::args::PlaceOptions;
use gongkai_app::clock::Clock;
use gongkai_app::start::{Opened, Place, open};

/// Opens an installation that is there: a mistyped directory is no new installation.
///
/// # Errors
/// When there is none, or it cannot be opened.
pub async fn opened(place: &PlaceOptions) -> anyhow::Result<Opened> {
    if place.database.is_none() && !place.data.join("gongkai.db").exists() {
        anyhow::bail!("数据目录 {} 里没有数据库，请用 --data 指明目录", place.data.display());
    }
    let place = Place { data: place.data.clone(), database: place.database.clone(), address: None };
    Ok(open(&place, Clock::Machine).await?)
}
